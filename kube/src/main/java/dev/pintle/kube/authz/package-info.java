/// What a caller may do. The place where roles will be looked at.
@NullMarked
package dev.pintle.kube.authz;

import org.jspecify.annotations.NullMarked;
