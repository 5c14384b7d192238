/// The kernel alone, under JMH: what applying a command, reading a root and queuing a request
/// fairly cost. `java -cp … org.openjdk.jmh.Main kernel`.
@NullMarked
package dev.pintle.bench.kernel;

import org.jspecify.annotations.NullMarked;
