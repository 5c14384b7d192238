package dev.pintle.member.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MovableTimeTest {
  private final MovableTime time = new MovableTime();
  private final ScheduledExecutorService machine = Executors.newScheduledThreadPool(0);
  private final ScheduledExecutorService timers = time.timers(machine);
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    timers.shutdownNow();
    machine.shutdownNow();
  }

  @Test
  void whatIsDueByAMoveHasRunWhenItReturnsInOrder() {
    plan("third", Duration.ofHours(3));
    plan("first", Duration.ofHours(1));
    plan("second", Duration.ofHours(2));
    plan("last", Duration.ofHours(5));
    time.advance(Duration.ofHours(4));
    assertThat(ran).containsExactly("first", "second", "third");
    time.advance(Duration.ofHours(1));
    assertThat(ran).last().isEqualTo("last");
  }

  @Test
  void whatIsPlannedAfterAMoveIsPlannedFromThere() {
    time.advance(Duration.ofHours(4));
    plan("first", Duration.ofHours(1));
    time.advance(Duration.ofMinutes(59));
    assertThat(ran).isEmpty();
    time.advance(Duration.ofMinutes(1));
    assertThat(ran).containsExactly("first");
  }

  @Test
  void whatIsPlannedBeforeAndAfterAMoveStaysInOrder() {
    plan("second", Duration.ofHours(3));
    time.advance(Duration.ofHours(1));
    plan("first", Duration.ofHours(1));
    plan("third", Duration.ofHours(3));
    time.advance(Duration.ofHours(10));
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void whatComesAgainComesOnceAMove() {
    var _ = timers.scheduleWithFixedDelay(() -> ran.add("again"), 1, 1, TimeUnit.HOURS);
    time.advance(Duration.ofHours(5));
    assertThat(ran).hasSize(1);
    time.advance(Duration.ofMinutes(59));
    assertThat(ran).hasSize(1);
    time.advance(Duration.ofMinutes(1));
    assertThat(ran).hasSize(2);
  }

  @Test
  void whatIsCancelledDoesNotCome() {
    ScheduledFuture<?> planned = timers.schedule(() -> ran.add("never"), 1, TimeUnit.HOURS);
    plan("once", Duration.ofHours(1));
    assertThat(planned.cancel(false)).isTrue();
    time.advance(Duration.ofHours(2));
    assertThat(ran).containsExactly("once");
  }

  @Test
  void itRunsWithTheMachineToo() throws Exception {
    Semaphore came = new Semaphore(0);
    plan("far", Duration.ofHours(1));
    var _ = timers.schedule((Runnable) came::release, 1, TimeUnit.MILLISECONDS);
    assertThat(came.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isEmpty();
  }

  @Test
  void hourAndMeasureAreMovedTogether() {
    Instant hour = time.hour().instant();
    long nanos = time.nanos();
    time.advance(Duration.ofDays(100));
    assertThat(Duration.between(hour, time.hour().instant()))
        .isBetween(Duration.ofDays(100), Duration.ofDays(101));
    assertThat(Duration.ofNanos(time.nanos() - nanos))
        .isBetween(Duration.ofDays(100), Duration.ofDays(101));
  }

  @Test
  void aBranchShowsTheSameAndIsMovedApart() {
    time.advance(Duration.ofDays(1));
    MovableTime branch = time.branch();
    branch.advance(Duration.ofDays(1));
    assertThat(time.ahead()).isEqualTo(Duration.ofDays(1));
    assertThat(branch.ahead()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void endedTimersHoldUpNoMove() {
    plan("never", Duration.ofHours(1));
    timers.shutdownNow();
    time.advance(Duration.ofHours(2));
    assertThat(ran).isEmpty();
  }

  @Test
  void itGoesOnlyAheadAndNotTooFar() {
    for (Duration wrong :
        List.of(
            Duration.ofNanos(-1), Duration.ofDays(36_526), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatThrownBy(() -> time.advance(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: not negative");
    }
    assertThat(time.ahead()).isZero();
  }

  @Test
  void theMachinesTimersAreItsOwn() {
    assertThat(ClusterTime.MACHINE.timers(machine)).isSameAs(machine);
  }

  private void plan(String name, Duration in) {
    var _ = timers.schedule(() -> ran.add(name), in.toNanos(), TimeUnit.NANOSECONDS);
  }
}
