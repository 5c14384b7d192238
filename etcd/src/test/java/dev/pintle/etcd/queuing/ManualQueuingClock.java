package dev.pintle.etcd.queuing;

import java.util.ArrayList;
import java.util.List;

/// A clock that a test moves on.
final class ManualQueuingClock {
  private final List<Alarm> alarms = new ArrayList<>();
  private long nanos = 1_000_000_000;

  private record Alarm(long at, Runnable action) {}

  QueuingClock clock() {
    return new QueuingClock(
        () -> nanos, (action, inNanos) -> alarms.add(new Alarm(nanos + inNanos, action)));
  }

  int alarms() {
    return alarms.size();
  }

  void passSeconds(long seconds) {
    nanos += seconds * 1_000_000_000;
    List<Alarm> due = alarms.stream().filter(alarm -> alarm.at <= nanos).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.action.run());
  }
}
