/// Faults that a test asks for: a [Fault] says what goes wrong, and for which requests; [FaultInjection] places it at a server; and
/// [Chaos] has things go wrong at random, the same again for the same seed.
@NullMarked
package dev.pintle.embed.faults;

import org.jspecify.annotations.NullMarked;
