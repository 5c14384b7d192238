/// The door to time: [Clock]; [ManualClock] moves when it is told to, and [StepTimer] calls what is due by it.
@NullMarked
package dev.pintle.member.clock;

import org.jspecify.annotations.NullMarked;
