/// A server within a JVM, measured in JVMs of its own: [ServerInJvm] is what runs there.
@NullMarked
package dev.pintle.bench.embedded;

import org.jspecify.annotations.NullMarked;
