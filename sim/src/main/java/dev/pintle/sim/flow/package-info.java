/// Priority levels in a simulated world: what becomes of clients that ask for much beside clients that ask for little.
@NullMarked
package dev.pintle.sim.flow;

import org.jspecify.annotations.NullMarked;
