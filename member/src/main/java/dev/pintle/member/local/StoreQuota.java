package dev.pintle.member.local;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.SetAlarm;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoreNotes;
import dev.pintle.kernel.state.WriteCost;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The size that the store may have. A command that would make it larger is refused, and raises an alarm by which the others are, until
/// the store is smaller by a tenth or somebody takes the alarm back.
///
/// What the store occupies is asked now and then; in between it is what it was, and the cost of what was taken since.
final class StoreQuota {
  private final long bytesMax;
  private final long memberId;
  private final AtomicLong sinceMeasured = new AtomicLong();
  private volatile long measured;

  /// @param bytesMax 0 or less for any size
  StoreQuota(long bytesMax, long memberId, long storeBytes) {
    this.bytesMax = bytesMax;
    this.memberId = memberId;
    this.measured = storeBytes;
  }

  boolean isLimited() {
    return bytesMax > 0;
  }

  long bytesMax() {
    return bytesMax;
  }

  /// Whether there is room for `command`, which is then reckoned with.
  boolean admits(Command command) {
    if (bytesMax <= 0) {
      return true;
    }
    long cost = WriteCost.of(command);
    if (cost == 0) {
      return true;
    }
    long after = measured + sinceMeasured.addAndGet(cost);
    if (after >= bytesMax) {
      sinceMeasured.addAndGet(-cost);
      return false;
    }
    return true;
  }

  SetAlarm alarm() {
    return new SetAlarm(memberId, StoreAlarm.NO_SPACE, true, true);
  }

  /// Takes note of what the store occupies now.
  ///
  /// @return the end of the alarm, when it was raised here and there is room again
  Optional<SetAlarm> measured(long storeBytes, StoreNotes notes) {
    sinceMeasured.set(0);
    measured = storeBytes;
    boolean raised = notes.alarms().contains(new StoreAlarm(memberId, StoreAlarm.NO_SPACE, true));
    boolean room = bytesMax <= 0 || storeBytes < bytesMax - bytesMax / 10;
    return raised && room
        ? Optional.of(new SetAlarm(memberId, StoreAlarm.NO_SPACE, false, true))
        : Optional.empty();
  }
}
