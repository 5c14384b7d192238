/// A short day in the life of the program, played once after it was built: the JVM records which classes it needed and how
/// often each method ran, and later starts begin with that knowledge (JEP 483, JEP 515).
@NullMarked
package dev.pintle.server.training;

import org.jspecify.annotations.NullMarked;
