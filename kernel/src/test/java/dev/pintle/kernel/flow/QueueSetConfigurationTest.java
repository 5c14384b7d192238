package dev.pintle.kernel.flow;

import static dev.pintle.kernel.flow.FlowRequest.Phase.EXECUTING;
import static dev.pintle.kernel.flow.FlowRequest.Phase.LINGERING;
import static dev.pintle.kernel.flow.FlowRequest.Phase.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Of a deck of so many queues and hands of one, a flow's queue is its hash.
final class QueueSetConfigurationTest {
  private static final Queuing TWO = new Queuing.Wait(2, 1, 10);
  private static final Queuing FOUR = new Queuing.Wait(4, 1, 10);

  @Test
  void moreSeatsAreTakenAtOnce() {
    Level level = new Level(FOUR, 1);
    List<FlowRequest> all = level.offerAll(0, 1, 2);
    level.configure(FOUR, 3);
    assertThat(all).extracting(FlowRequest::phase).containsOnly(EXECUTING);
    assertThat(level.dispatched).isEqualTo(all.subList(1, 3));
  }

  @Test
  void fewerSeatsAreWaitedFor() {
    Level level = new Level(FOUR, 3);
    List<FlowRequest> all = level.offerAll(0, 1, 2, 3);
    level.configure(FOUR, 1);
    level.finish(all.get(0));
    level.finish(all.get(1));
    assertThat(all.get(3).phase()).isEqualTo(WAITING);
    level.finish(all.get(2));
    assertThat(all.get(3).phase()).isEqualTo(EXECUTING);
  }

  @Test
  void aLevelWithoutSeatsExecutesNothingThatWaits() {
    Level level = new Level(FOUR, 0);
    FlowRequest waiting = level.offer(0);
    assertThat(waiting.phase()).isEqualTo(WAITING);
    level.configure(FOUR, 1);
    assertThat(waiting.phase()).isEqualTo(EXECUTING);
  }

  @Test
  void moreQueuesAreThereAtOnce() {
    Level level = new Level(TWO, 1);
    level.offer(0);
    FlowRequest before = level.offer(3);
    level.configure(FOUR, 1);
    assertThat(level.queues.queueCount()).isEqualTo(4);
    assertThat(before.queueIndex()).isEqualTo(1);
    assertThat(level.offer(3).queueIndex()).isEqualTo(3);
  }

  @Test
  void queuesThatAreTooManyGoOnceTheyAreEmptyAndThoseBehindMoveUp() {
    Level level = new Level(FOUR, 1);
    FlowRequest first = level.offer(2);
    FlowRequest last = level.offer(3);
    level.configure(TWO, 1);
    assertThat(level.queues.queueCount()).isEqualTo(4);
    assertThat(last.queueIndex()).isEqualTo(3);
    level.finish(first);
    assertThat(level.queues.queueCount()).isEqualTo(3);
    assertThat(last.queueIndex()).isEqualTo(2);
    assertThat(last.phase()).isEqualTo(EXECUTING);
    level.finish(last);
    assertThat(level.queues.queueCount()).isEqualTo(2);
    level.finish(level.offer(0));
    assertThat(level.queues.queueCount()).as("as many as are wanted").isEqualTo(2);
  }

  @Test
  void requestsKeepTheirOrderWhenQueuesGo() {
    Level level = new Level(FOUR, 1);
    FlowRequest executing = level.offer(0);
    List<FlowRequest> all = level.offerAll(3, 2, 1, 3, 2, 1);
    level.configure(new Queuing.Wait(1, 1, 10), 1);
    while (executing.phase() == EXECUTING) {
      level.finish(executing);
      executing = level.dispatched.getLast();
    }
    assertThat(level.dispatched)
        .containsExactly(all.get(2), all.get(1), all.get(0), all.get(5), all.get(4), all.get(3));
    assertThat(level.queues.queueCount()).isEqualTo(1);
    assertThat(level.queues.isIdle()).isTrue();
  }

  @Test
  void aQueueOfWhichASeatLingersIsNotEmpty() {
    Level level = new Level(FOUR, 2);
    FlowRequest write = level.offer(3, new WorkEstimate(1, 1, 5 * Level.MILLIS));
    FlowRequest read = level.offer(3);
    level.configure(TWO, 2);
    level.finish(write);
    level.finish(read);
    assertThat(write.phase()).isEqualTo(LINGERING);
    assertThat(level.queues.queueCount()).isEqualTo(4);
    level.after(5);
    assertThat(level.queues.queueCount()).isEqualTo(3);
  }

  @Test
  void aLevelThatBeginsToTurnAwayServesThoseThatWait() {
    Level level = new Level(TWO, 1);
    List<FlowRequest> all = level.offerAll(0, 1, 0);
    level.configure(new Queuing.Reject(), 1);
    assertThat(level.rejection(0)).isEqualTo(Rejection.CONCURRENCY_LIMIT);
    for (FlowRequest request : all) {
      assertThat(request.phase()).isEqualTo(EXECUTING);
      level.finish(request);
    }
    assertThat(level.queues.queueCount()).isZero();
    assertThat(level.queues.isIdle()).isTrue();
  }

  @Test
  void aLevelThatTurnedAwayLetsWaitAgain() {
    Level level = new Level(TWO, 1);
    FlowRequest queued = level.offer(1);
    level.configure(new Queuing.Reject(), 2);
    FlowRequest queueless = level.offer(1);
    level.configure(TWO, 2);
    FlowRequest waiting = level.offer(1);
    assertThat(waiting.phase()).isEqualTo(WAITING);
    level.finish(queueless);
    assertThat(waiting.phase()).isEqualTo(EXECUTING);
    level.finish(queued);
    level.finish(waiting);
    assertThat(level.queues.counts().seatsInUse()).isZero();
    assertThat(level.queues.queueCount()).isEqualTo(2);
  }

  @Test
  void shorterQueuesKeepWhatWaits() {
    Level level = new Level(TWO, 1);
    level.offerAll(0, 0, 0, 0);
    level.configure(new Queuing.Wait(2, 1, 1), 1);
    assertThat(level.queues.counts().waiting()).isEqualTo(3);
    assertThat(level.rejection(0)).isEqualTo(Rejection.QUEUE_FULL);
    assertThat(level.offer(1).phase()).isEqualTo(WAITING);
  }
}
