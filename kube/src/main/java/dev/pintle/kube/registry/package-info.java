/// What single resources keep in the store beside their objects.
@NullMarked
package dev.pintle.kube.registry;

import org.jspecify.annotations.NullMarked;
