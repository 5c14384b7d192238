/// The door to time: [Clock]; [ManualClock] moves when it is told to, and [StepTimer] calls what is due by it. [ClusterTime] is that of what the
/// store is about, which may be ahead of the machine's ([MovableTime]).
@NullMarked
package dev.pintle.member.clock;

import org.jspecify.annotations.NullMarked;
