/// The wire alone under load: [WireTarget] serves an echo and a push, [WireBench] drives it with `h2load` and prints the
/// server's CPU per call and per pushed message. Its methods mean nothing, so what is measured is the wire.
@NullMarked
package dev.pintle.bench.wire;

import org.jspecify.annotations.NullMarked;
