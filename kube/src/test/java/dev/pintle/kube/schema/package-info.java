/// What the built-in types promise.
@NullMarked
package dev.pintle.kube.schema;

import org.jspecify.annotations.NullMarked;
