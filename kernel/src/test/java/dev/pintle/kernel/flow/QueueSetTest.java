package dev.pintle.kernel.flow;

import static dev.pintle.kernel.flow.FlowRequest.Phase.EXECUTING;
import static dev.pintle.kernel.flow.FlowRequest.Phase.LINGERING;
import static dev.pintle.kernel.flow.FlowRequest.Phase.OVER;
import static dev.pintle.kernel.flow.FlowRequest.Phase.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Of a deck of so many queues and hands of one, a flow's queue is its hash.
final class QueueSetTest {
  private static final Queuing FOUR = new Queuing.Wait(4, 1, 2);

  @Test
  void aRequestIsExecutedAtOnceAsLongAsThereAreSeats() {
    Level level = new Level(FOUR, 2);
    assertThat(level.offerAll(0, 1, 2))
        .extracting(FlowRequest::phase)
        .containsExactly(EXECUTING, EXECUTING, WAITING);
    assertThat(level.dispatched).as("nobody but the caller needs to know").isEmpty();
  }

  @Test
  void aFullQueueTurnsAwayOnlyWhenAllSeatsAreTaken() {
    Level level = new Level(FOUR, 3);
    FlowRequest first = level.offer(0, 2);
    // Held up by its width, with a seat free.
    FlowRequest wide = level.offer(0, 3);
    level.offer(0, 3);
    FlowRequest third = level.offer(0, 3);
    assertThat(third.phase()).as("beyond the length, with a seat free").isEqualTo(WAITING);
    level.finish(first);
    assertThat(wide.phase()).isEqualTo(EXECUTING);
    assertThat(level.rejection(0)).isEqualTo(Rejection.QUEUE_FULL);
    assertThat(level.offer(1).phase()).as("of another flow").isEqualTo(WAITING);
    assertThat(level.queues.counts().rejected()).isEqualTo(1);
  }

  @Test
  void aRequestThatIsTurnedAwayIsOver() {
    Level level = new Level(new Queuing.Reject(), 1);
    level.offer(0);
    NumberedRequest late = level.request(0, WorkEstimate.ONE_SEAT, Level.PATIENCE);
    assertThat(level.queues.offer(late, 0)).isEqualTo(Rejection.CONCURRENCY_LIMIT);
    assertThat(late.phase()).isEqualTo(OVER);
    level.configure(new Queuing.Wait(1, 1, 1), 1);
    level.offer(0);
    NumberedRequest later = level.request(0, WorkEstimate.ONE_SEAT, Level.PATIENCE);
    assertThat(level.queues.offer(later, 0)).isEqualTo(Rejection.QUEUE_FULL);
    assertThat(later.phase()).isEqualTo(OVER);
  }

  @Test
  void aLevelWithoutQueuesTurnsAwayWhatDoesNotFit() {
    Level level = new Level(new Queuing.Reject(), 3);
    FlowRequest two = level.offer(7, 2);
    assertThat(two.phase()).isEqualTo(EXECUTING);
    assertThat(two.queueIndex()).isEqualTo(-1);
    assertThat(level.rejection(7, 2)).isEqualTo(Rejection.CONCURRENCY_LIMIT);
    assertThat(level.offer(7, 1).phase()).isEqualTo(EXECUTING);
    level.finish(two);
    assertThat(level.offer(7, 2).phase()).isEqualTo(EXECUTING);
  }

  @Test
  void anExemptLevelExecutesEverything() {
    Level level = new Level(new Queuing.Exempt(), 0);
    List<FlowRequest> all = level.offerAll(new long[1_000]);
    assertThat(all).extracting(FlowRequest::phase).containsOnly(EXECUTING);
    assertThat(level.queues.counts().seatsInUse()).isEqualTo(1_000);
    all.forEach(level::finish);
    assertThat(level.queues.isIdle()).isTrue();
    assertThat(level.queues.counts().seatsInUse()).isZero();
  }

  @Test
  void aRequestIsTurnedAwayOnceItHasWaitedForAsLongAsItMay() {
    Level level = new Level(FOUR, 1);
    level.offer(0);
    FlowRequest waiting = level.after(10).offer(1);
    assertThat(level.queues.nextDueNanos()).isEqualTo(Level.PATIENCE);
    level.after(999);
    assertThat(waiting.phase()).isEqualTo(WAITING);
    level.after(1);
    assertThat(waiting.phase()).isEqualTo(OVER);
    assertThat(level.timedOut).containsExactly(waiting);
    assertThat(level.queues.nextDueNanos()).isEqualTo(-1);
    QueueSetCounts counts = level.queues.counts();
    assertThat(counts.timedOut()).isEqualTo(1);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.waiting()).isZero();
    assertThat(counts.seatsWaiting()).isZero();
  }

  @Test
  void theTimeThatItMayWaitBeginsWithItsArrival() {
    Level level = new Level(FOUR, 1);
    level.offer(0);
    NumberedRequest early = level.request(1, WorkEstimate.ONE_SEAT, Level.PATIENCE);
    level.queues.offer(early, 400 * Level.MILLIS);
    assertThat(level.queues.nextDueNanos()).isEqualTo(600 * Level.MILLIS);
  }

  @Test
  void requestsThatAreDueAtTheSameTimeAreTurnedAwayInTheOrderInWhichTheyCame() {
    Level level = new Level(new Queuing.Wait(4, 1, 100), 1);
    level.offer(0);
    List<FlowRequest> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(level.offer(i % 4));
    }
    level.after(1_000);
    assertThat(level.timedOut).isEqualTo(all);
  }

  @Test
  void amongManyBusyQueuesTheExtremesAreLookedForOnceAMillisecond() {
    Level level = new Level(new Queuing.Wait(64, 1, 100), 1);
    List<FlowRequest> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(level.offer(i));
    }
    level.finish(all.getFirst());
    long most = level.queues.marks().most();
    level.finish(level.dispatched.getLast());
    assertThat(level.queues.marks().most()).isEqualTo(most);
    level.after(1);
    level.offer(50);
    level.finish(level.dispatched.getLast());
    assertThat(level.queues.marks().most()).isGreaterThan(most);
  }

  @Test
  void aWideRequestHoldsUpOthersUntilThereIsRoomForIt() {
    Level level = new Level(FOUR, 4);
    FlowRequest first = level.offer(0, 2);
    FlowRequest wide = level.offer(1, 3);
    // 12 seat-milliseconds after the wide one's 9.
    FlowRequest narrow = level.offer(2, 4);
    assertThat(wide.phase()).isEqualTo(WAITING);
    assertThat(level.queues.counts().heldUp()).isEqualTo(2);
    level.finish(first);
    assertThat(level.dispatched).containsExactly(wide);
    assertThat(narrow.phase()).isEqualTo(WAITING);
    level.finish(wide);
    assertThat(level.dispatched).containsExactly(wide, narrow);
  }

  @Test
  void aRequestThatIsWiderThanTheLevelIsExecutedAlone() {
    Level level = new Level(FOUR, 3);
    List<FlowRequest> narrow = level.offerAll(0, 1);
    FlowRequest wide = level.offer(2, 10);
    level.finish(narrow.getFirst());
    assertThat(wide.phase()).isEqualTo(WAITING);
    level.finish(narrow.getLast());
    assertThat(wide.phase()).isEqualTo(EXECUTING);
    assertThat(level.queues.counts().seatsInUse()).isEqualTo(10);
    FlowRequest next = level.offer(3);
    assertThat(next.phase()).isEqualTo(WAITING);
    level.finish(wide);
    assertThat(next.phase()).isEqualTo(EXECUTING);
  }

  @Test
  void seatsThatLastBeyondTheAnswerAreGivenBackAtTheirTime() {
    Level level = new Level(FOUR, 3);
    FlowRequest write = level.offer(0, new WorkEstimate(1, 3, 5 * Level.MILLIS));
    assertThat(level.queues.counts().seatsInUse()).as("from the first moment").isEqualTo(3);
    FlowRequest next = level.offer(1);
    level.after(2).finish(write);
    assertThat(write.phase()).isEqualTo(LINGERING);
    assertThat(level.queues.counts().executing()).isZero();
    assertThat(level.queues.counts().seatsInUse()).isEqualTo(3);
    assertThat(next.phase()).isEqualTo(WAITING);
    assertThat(level.queues.nextDueNanos()).isEqualTo(5 * Level.MILLIS);
    level.after(5);
    assertThat(write.phase()).isEqualTo(OVER);
    assertThat(next.phase()).isEqualTo(EXECUTING);
    assertThat(next.startedNanos()).isEqualTo(7 * Level.MILLIS);
  }

  @Test
  void whatLastsBeyondTheAnswerIsMadeNarrowerAndLongerThanALevelIsWide() {
    Level level = new Level(FOUR, 4);
    FlowRequest write = level.offer(0, new WorkEstimate(1, 10, 2 * Level.MILLIS));
    assertThat(write.estimate()).isEqualTo(new WorkEstimate(1, 4, 5 * Level.MILLIS));
    assertThat(level.queues.counts().seatsWaiting()).isZero();
    assertThat(level.queues.queue(0).maxSeatsWaiting()).isZero();
    level.finish(write);
    level.after(5);
    assertThat(level.queues.counts().seatsInUse()).isZero();
  }

  @Test
  void queuesThatAreEquallyFarTakeTurns() {
    Level level = new Level(new Queuing.Wait(4, 1, 10), 1);
    FlowRequest executing = level.offer(3);
    List<FlowRequest> all = level.offerAll(2, 2, 0, 0, 1, 1);
    for (int i = 0; i < all.size(); i++) {
      level.finish(executing);
      executing = level.dispatched.getLast();
    }
    assertThat(level.dispatched)
        .extracting(FlowRequest::queueIndex)
        .containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void theQueueOfTheHandWithTheLeastWorkIsTaken() {
    Level level = new Level(new Queuing.Wait(2, 2, 10), 1);
    level.offer(0);
    FlowRequest wide = level.offer(0, 6);
    List<FlowRequest> narrow = level.offerAll(0, 0, 0, 0, 0);
    assertThat(narrow).extracting(FlowRequest::queueIndex).containsOnly(1 - wide.queueIndex());
  }

  @Test
  void aClientThatHangsUpWhileItWaitsLeavesItsQueue() {
    Level level = new Level(FOUR, 1);
    FlowRequest first = level.offer(0);
    FlowRequest gone = level.offer(1);
    level.cancel(gone);
    level.cancel(gone);
    assertThat(gone.phase()).isEqualTo(OVER);
    level.finish(first);
    assertThat(level.dispatched).isEmpty();
    assertThat(level.queues.nextDueNanos()).isEqualTo(-1);
    QueueSetCounts counts = level.queues.counts();
    assertThat(counts.cancelled()).isEqualTo(1);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.timedOut()).isZero();
    assertThat(level.queues.isIdle()).isTrue();
  }

  @Test
  void theOneBehindAWideRequestThatHangsUpIsExecutedAtOnce() {
    Level level = new Level(FOUR, 2);
    level.offer(0);
    FlowRequest wide = level.offer(1, 2);
    FlowRequest behind = level.offer(1);
    level.cancel(wide);
    assertThat(level.dispatched).containsExactly(behind);
  }

  @Test
  void theOneBehindAWideRequestThatWaitedTooLongIsExecutedAtOnce() {
    Level level = new Level(FOUR, 2);
    level.offer(0);
    level.offer(1, 2);
    FlowRequest behind = level.after(1).offer(1);
    level.after(999);
    assertThat(level.dispatched).containsExactly(behind);
  }

  @Test
  void aClientThatHangsUpWhileItIsServedKeepsItsSeatUntilThatIsFinished() {
    Level level = new Level(FOUR, 1);
    FlowRequest first = level.offer(0);
    level.cancel(first);
    assertThat(first.phase()).isEqualTo(EXECUTING);
    assertThat(level.queues.counts().seatsInUse()).isEqualTo(1);
    assertThat(level.queues.counts().cancelled()).isZero();
  }

  @Test
  void finishingTwiceGivesBackSeatsOnce() {
    Level level = new Level(FOUR, 2);
    FlowRequest first = level.offer(0);
    FlowRequest second = level.offer(1);
    FlowRequest lingering = level.offer(2, new WorkEstimate(1, 1, Level.MILLIS));
    level.finish(first);
    level.finish(first);
    assertThat(level.queues.counts().seatsInUse()).isEqualTo(2);
    level.finish(second);
    level.finish(lingering);
    level.finish(lingering);
    assertThat(level.queues.counts().seatsInUse()).isEqualTo(1);
    level.after(1).finish(lingering);
    assertThat(level.queues.counts().seatsInUse()).isZero();
    assertThat(level.queues.counts().executing()).isZero();
  }

  @Test
  void aQueueThatIsIdleForLongDoesNotSaveUpItsShare() {
    Level level = new Level(new Queuing.Wait(2, 1, 100), 1);
    FlowRequest executing = level.offer(0);
    for (int i = 0; i < 20; i++) {
      level.offer(0);
    }
    for (int i = 0; i < 10; i++) {
      level.after(10).finish(executing);
      executing = level.dispatched.getLast();
    }
    for (int i = 0; i < 10; i++) {
      level.offer(1);
    }
    int before = level.dispatched.size();
    for (int i = 0; i < 10; i++) {
      level.after(10).finish(executing);
      executing = level.dispatched.getLast();
    }
    assertThat(level.dispatched.stream().skip(before).filter(request -> request.queueIndex() == 0))
        .hasSizeBetween(4, 5);
  }

  @Test
  void theDemandCountsSeatsInUseAndThoseThatAreWaitedFor() {
    Level level = new Level(FOUR, 4);
    level.offer(0, 3);
    level.offer(1, 2);
    level.offer(2, 4);
    SeatDemand.Observed observed = level.queues.demand().reset(2 * Level.MILLIS);
    assertThat(observed.max()).isEqualTo(9);
    assertThat(observed.average()).isEqualTo(9);
  }

  @Test
  void settingTheMeterBackChangesNoOrder() {
    long end = QueueSet.EPOCH + QueueSet.EPOCH / 2;
    Level usual = new Level(new Queuing.Wait(8, 2, 50), 2);
    Level late = new Level(new Queuing.Wait(8, 2, 50), 2, end - 20_000);
    for (Level level : List.of(usual, late)) {
      List<FlowRequest> executing = new ArrayList<>(level.offerAll(11, 12));
      for (int i = 0; i < 60; i++) {
        level.offer(i * 7L % 13, 1 + i % 2);
      }
      for (int i = 0; i < 60 && !executing.isEmpty(); i++) {
        level.after(1 + i % 5).finish(executing.removeFirst());
        executing.addAll(
            level.dispatched.subList(level.dispatched.size() - 1, level.dispatched.size()));
      }
    }
    assertThat(late.queues.counts().epochs()).isEqualTo(1);
    assertThat(usual.queues.counts().epochs()).isZero();
    assertThat(late.dispatched.toString()).isEqualTo(usual.dispatched.toString());
    assertThat(late.queues.meter() - end + 20_000 + QueueSet.EPOCH).isEqualTo(usual.queues.meter());
  }
}
