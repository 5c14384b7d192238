package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ServiceTimeTest {
  private ServiceTime time = ServiceTime.UNKNOWN;

  @Test
  void itIsTheUsualUntilOneIsKnown() {
    assertThat(time.nanos()).isEqualTo(QueueSet.SERVICE_NANOS);
    time = time.after(50_000_000);
    assertThat(time.nanos()).isEqualTo(50_000_000);
  }

  @Test
  void itFollowsWhatChanges() {
    for (int i = 0; i < 100; i++) {
      time = time.after(i < 50 ? 1_000_000 : 9_000_000);
    }
    assertThat(time.nanos()).isBetween(8_500_000L, 9_000_000L);
  }

  @Test
  void whatIsOutOfBoundsCountsAsTheBound() {
    time = time.after(0);
    assertThat(time.nanos()).isEqualTo(ServiceTime.NANOS_MIN);
    for (int i = 0; i < 1_000; i++) {
      time = time.after(Long.MAX_VALUE);
    }
    assertThat(time.nanos()).isBetween(ServiceTime.NANOS_MAX - 100, ServiceTime.NANOS_MAX);
  }

  @Test
  void aRequestIsChargedWhatItIsTakenToLastAndInTheEndWhatItLasted() {
    Level level = new Level(new Queuing.Wait(1, 1, 10), 1);
    FlowRequest held = level.offer(0);
    NumberedRequest known = level.request(0, WorkEstimate.ONE_SEAT, Level.PATIENCE);
    known.expectService(50 * Level.MILLIS);
    level.queues.offer(known, 0);
    assertThat(level.queues.queue(0).workWaiting()).isEqualTo(SeatSeconds.of(1, 50 * Level.MILLIS));
    level.after(3).finish(held);
    long before = level.queues.queue(0).nextDispatchAt();
    level.after(20).finish(known);
    assertThat(level.queues.queue(0).waiting()).isZero();
    assertThat(before).isEqualTo(SeatSeconds.of(1, 53 * Level.MILLIS));
  }
}
