/// Clients in the JVM in which the server is.
@NullMarked
package dev.pintle.compat.embedded;

import org.jspecify.annotations.NullMarked;
