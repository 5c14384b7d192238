/// The judge of whether what concurrent clients saw could have happened one after the other.
///
/// [ClientOperation]s of one key, with the times at which they were called and answered, go to [Linearizability]; keys are judged
/// apart, which is allowed because a history is linearizable exactly when it is so for every object (Herlihy and Wing,
/// "Linearizability", 1990). The search is that of Wing and Gong with the memory of Lowe ("Testing for linearizability",
/// 2016): states already tried with the same operations done are not tried again.
@NullMarked
package dev.pintle.sim.linear;

import org.jspecify.annotations.NullMarked;
