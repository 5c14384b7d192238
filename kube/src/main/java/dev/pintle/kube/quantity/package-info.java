/// The amounts of resources (`100m`, `1Gi`): read, compared, added, and written back in the one form that clients
/// compare.
@NullMarked
package dev.pintle.kube.quantity;

import org.jspecify.annotations.NullMarked;
