/// The promises of the built-in types.
@NullMarked
package dev.pintle.kube.schema;

import org.jspecify.annotations.NullMarked;
