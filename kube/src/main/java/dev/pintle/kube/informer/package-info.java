/// What the server's own controllers learn of objects, without a request.
@NullMarked
package dev.pintle.kube.informer;

import org.jspecify.annotations.NullMarked;
