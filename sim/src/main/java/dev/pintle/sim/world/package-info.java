/// A world in one thread: a queue of events in the order of their time, one seed for all chance, and a fingerprint of all
/// that happened.
@NullMarked
package dev.pintle.sim.world;

import org.jspecify.annotations.NullMarked;
