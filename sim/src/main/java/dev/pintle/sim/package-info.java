/// Simulated clock, disk and failures; seeds, invariants, the linearizability checker. Not shipped.
@NullMarked
package dev.pintle.sim;

import org.jspecify.annotations.NullMarked;
