/// Attacks on a running control plane, and the client beside them that must not feel them.
///
/// An [Attack] is what one client does that no honest client would; a [ServerTrial] runs it while a [Probe] goes on with small
/// requests over connections of its own, and says what the probe felt: a [AttackCost]. The attacks know a server by its two ports, so
/// that they are run on Pintle and on the real programs alike.
@NullMarked
package dev.pintle.bench.hostile;

import org.jspecify.annotations.NullMarked;
