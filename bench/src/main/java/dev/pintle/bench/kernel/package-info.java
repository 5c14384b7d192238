/// The kernel alone, under JMH: what applying a command and reading a root cost. `java -cp … org.openjdk.jmh.Main kernel`.
@NullMarked
package dev.pintle.bench.kernel;

import org.jspecify.annotations.NullMarked;
