/// The door to time: [Clock]; [ManualClock] moves when it is told to.
@NullMarked
package dev.pintle.member.clock;

import org.jspecify.annotations.NullMarked;
