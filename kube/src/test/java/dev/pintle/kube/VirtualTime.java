package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.controller.ControllerTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// A time that stands still until a test lets it go on; what was to happen meanwhile happens then, in order.
final class VirtualTime {
  private static final int SECONDS_MAX = 20;
  private final ReentrantLock lock = new ReentrantLock();
  private final Timers timers = new Timers();

  // Guarded by `lock`.
  private final List<Planned> planned = new ArrayList<>();
  private Instant now;

  private record Planned(Instant at, Runnable action) {}

  VirtualTime(Instant now) {
    this.now = now;
  }

  ControllerTime forControllers() {
    Instant start = now;
    return new ControllerTime(
        new TimeOfDay(), () -> Duration.between(start, now()).toNanos(), timers);
  }

  Instant now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something is planned that happens at `instant` sharp.
  void awaitPlanned(Instant instant) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (plannedAt(instant) == 0) {
      assertThat(System.nanoTime() - deadline).as("nothing planned at %s", instant).isNegative();
      Thread.onSpinWait();
    }
  }

  /// What is planned to happen next happens, if that is before `instant`.
  void goOn(Instant instant) {
    firstPlanned().filter(instant::isAfter).ifPresent(this::goTo);
  }

  private Optional<Instant> firstPlanned() {
    lock.lock();
    try {
      return planned.stream().map(Planned::at).min(Comparator.naturalOrder());
    } finally {
      lock.unlock();
    }
  }

  /// How many things are planned that happen at `instant` sharp.
  long plannedAt(Instant instant) {
    lock.lock();
    try {
      return planned.stream().filter(each -> each.at().equals(instant)).count();
    } finally {
      lock.unlock();
    }
  }

  void goTo(Instant instant) {
    List<Planned> due;
    lock.lock();
    try {
      now = instant;
      due = new ArrayList<>(planned);
      due.removeIf(each -> each.at().isAfter(now));
      planned.removeAll(due);
    } finally {
      lock.unlock();
    }
    due.sort(Comparator.comparing(Planned::at));
    due.forEach(each -> each.action().run());
  }

  private final class TimeOfDay extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now();
    }
  }

  /// Without threads.
  private final class Timers extends ScheduledThreadPoolExecutor {
    Timers() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
      lock.lock();
      try {
        planned.add(new Planned(now.plusNanos(unit.toNanos(delay)), action));
      } finally {
        lock.unlock();
      }
      return new Never();
    }
  }

  /// What nobody waits for.
  private static final class Never extends CompletableFuture<Void>
      implements ScheduledFuture<Void> {
    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }
}
