package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.flow.TwinQueueSet.TwinQueue;
import dev.pintle.kernel.flow.TwinQueueSet.TwinRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random histories on the queue set and on its plain twin. `-Dpintle.flow.seed=N` runs one seed, `-Dpintle.flow.seeds=N` as many.
final class QueueSetAgainstTwinTest {
  private static final int EVENTS = 200;

  @Test
  void everyDecisionAndEveryReadingOfTheMeterIsTheTwins() {
    Long one = Long.getLong("pintle.flow.seed");
    long first = one != null ? one : 0;
    long seeds = one != null ? 1 : Long.getLong("pintle.flow.seeds", 200);
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        new History(seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "seed %d; run it with -Dpintle.flow.seed=%d: %s"
                .formatted(seed, seed, failure.getMessage()),
            failure);
      }
    }
  }

  private static final class History implements QueueSet.Decisions {
    private final SplittableRandom random;
    private final List<String> decisions = new ArrayList<>();
    private final List<NumberedRequest> requests = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final long[] flows;
    private final long quantum;
    private final int pace;
    private final int widths;
    private final long meterFirst;
    private final QueueSet real;
    private final TwinQueueSet twin;
    private long now;

    History(long seed) {
      random = new SplittableRandom(seed);
      flows = random.longs(random.nextInt(1, 12)).toArray();
      // Coarse times let things happen at the same time.
      quantum = random.nextBoolean() ? 1 : 1_000_000;
      pace = 1 << random.nextInt(3, 25);
      widths = random.nextInt(1, 13);
      // In every third history the meter is set back before long.
      meterFirst = seed % 3 == 0 ? QueueSet.EPOCH + QueueSet.EPOCH / 2 - 1_000_000 : 0;
      Queuing queuing = queuing();
      int seats = seats();
      real = new QueueSet(queuing, seats, this, 0, meterFirst);
      twin = new TwinQueueSet(queuing, seats);
    }

    private Queuing queuing() {
      int kind = random.nextInt(16);
      if (kind == 0) {
        return new Queuing.Exempt();
      }
      if (kind == 1) {
        return new Queuing.Reject();
      }
      int queues = random.nextInt(1, random.nextBoolean() ? 5 : 40);
      return new Queuing.Wait(
          queues, random.nextInt(1, Math.min(queues, 6) + 1), random.nextInt(1, 12));
    }

    private int seats() {
      return random.nextInt(20) == 0 ? 0 : random.nextInt(1, random.nextBoolean() ? 4 : 25);
    }

    void run() {
      for (int i = 0; i < EVENTS; i++) {
        long passed = random.nextInt(4) == 0 ? 0 : random.nextInt(pace);
        now += (random.nextInt(40) == 0 ? 50 * passed : passed) / quantum * quantum;
        story.add("at %d: %s".formatted(now, happen()));
        compare();
      }
      empty();
    }

    private String happen() {
      int what = random.nextInt(100);
      if (what < 3) {
        Queuing queuing = queuing();
        int seats = seats();
        real.configure(queuing, seats, now);
        twin.configure(queuing, seats, now);
        return "%s, %d seats".formatted(queuing, seats);
      }
      if (what < 8) {
        real.advance(now);
        twin.advance(now);
        return "time passes";
      }
      if (what < 55 || requests.isEmpty()) {
        return offer();
      }
      // Mostly one for which it means something.
      List<TwinRequest> able =
          twin.in(what < 63 ? FlowRequest.Phase.WAITING : FlowRequest.Phase.EXECUTING);
      int number =
          able.isEmpty() || random.nextInt(20) == 0
              ? random.nextInt(requests.size())
              : able.get(random.nextInt(able.size())).number;
      if (what < 63) {
        real.cancel(requests.get(number), now);
        twin.cancel(twin.requests.get(number), now);
        return "cancel #" + number;
      }
      return finish(number);
    }

    private String finish(int number) {
      real.finish(requests.get(number), now);
      twin.finish(twin.requests.get(number), now);
      return "finish #" + number;
    }

    private String offer() {
      int number = requests.size();
      long hash = flows[random.nextInt(3) == 0 ? 0 : random.nextInt(flows.length)];
      boolean lingers = random.nextInt(4) == 0;
      WorkEstimate estimate =
          new WorkEstimate(
              random.nextInt(1, widths + 1),
              lingers ? random.nextInt(1, 13) : 0,
              lingers ? random.nextLong(2L * pace) / quantum * quantum : 0);
      long wait = random.nextLong(40L * pace) / quantum * quantum;
      NumberedRequest request = new NumberedRequest(number, hash, estimate, now, wait);
      requests.add(request);
      Rejection rejection = real.offer(request, now);
      if (rejection != null) {
        decisions.add("#%d rejected: %s".formatted(number, rejection));
      } else if (request.phase() == FlowRequest.Phase.EXECUTING) {
        decisions.add("#%d dispatched".formatted(number));
      }
      twin.offer(new TwinRequest(number, hash, estimate), wait, now);
      // Of the request that is offered the queue set tells last, by its phase.
      String own = "#%d dispatched".formatted(number);
      if (twin.decisions.remove(own)) {
        twin.decisions.add(own);
      }
      return "offer #%d of %x, %s, waits %d".formatted(number, hash, estimate, wait);
    }

    /// Nothing is left once everything is finished and all the time has passed.
    private void empty() {
      while (!twin.in(FlowRequest.Phase.EXECUTING).isEmpty()) {
        story.add(finish(twin.in(FlowRequest.Phase.EXECUTING).getFirst().number));
        compare();
      }
      now += Long.MAX_VALUE / 8;
      real.advance(now);
      twin.advance(now);
      if (twin.in(FlowRequest.Phase.EXECUTING).isEmpty()) {
        assertThat(real.isIdle()).isTrue();
        assertThat(real.nextDueNanos()).isEqualTo(-1);
        assertThat(real.usedQueues()).isZero();
      } else {
        empty();
      }
    }

    private void compare() {
      String seen = seen();
      String expected = expected();
      if (!seen.equals(expected)) {
        String before =
            String.join("\n", story.subList(Math.max(0, story.size() - 12), story.size()));
        assertThat(seen).as(before).isEqualTo(expected);
      }
      decisions.clear();
      twin.decisions.clear();
    }

    private String seen() {
      QueueSetCounts counts = real.counts();
      long meter = real.meter() - meterFirst + counts.epochs() * QueueSet.EPOCH;
      StringBuilder text = new StringBuilder();
      text.append(String.join(", ", decisions))
          .append("\nmeter %d, next due in %d".formatted(meter, real.nextDueNanos()))
          .append(
              "\nwaiting %d on %d seats, executing %d, on %d seats"
                  .formatted(
                      counts.waiting(),
                      counts.seatsWaiting(),
                      counts.executing(),
                      counts.seatsInUse()))
          .append(
              "\ndispatched %d, rejected %d, timed out %d, cancelled %d, held up %d\n"
                  .formatted(
                      counts.dispatched(),
                      counts.rejected(),
                      counts.timedOut(),
                      counts.cancelled(),
                      counts.heldUp()));
      for (int i = 0; i < real.queueCount(); i++) {
        List<FlowRequest> waiting = new ArrayList<>();
        real.forEachWaiting(i, waiting::add);
        QueueState queue = real.queue(i);
        boolean active = queue.waiting() > 0 || queue.executing() > 0;
        text.append(
            "queue %d: %s wait, work %d, %d executing on %d seats, next %d\n"
                .formatted(
                    i,
                    waiting,
                    queue.workWaiting(),
                    queue.executing(),
                    queue.seatsInUse(),
                    active ? queue.nextDispatchAt() - real.meter() : 0));
      }
      requests.forEach(request -> text.append(request.phase().ordinal()));
      text.append(twin.marks.isEmpty() ? "" : marks(real.marks()));
      return text.toString();
    }

    private String expected() {
      StringBuilder text = new StringBuilder();
      text.append(String.join(", ", twin.decisions))
          .append("\nmeter %d, next due in %d".formatted(twin.meter, twin.nextDueNanos()))
          .append(
              "\nwaiting %d on %d seats, executing %d, on %d seats"
                  .formatted(
                      twin.waiting(), twin.seatsWaiting(), twin.executing(), twin.seatsInUse()))
          .append(
              "\ndispatched %d, rejected %d, timed out %d, cancelled %d, held up %d\n"
                  .formatted(
                      twin.dispatched, twin.rejected, twin.timedOut, twin.cancelled, twin.heldUp));
      for (int i = 0; i < twin.queues.size(); i++) {
        TwinQueue queue = twin.queues.get(i);
        text.append(
            "queue %d: %s wait, work %d, %d executing on %d seats, next %d\n"
                .formatted(
                    i,
                    queue.waiting.stream().map(request -> "#" + request.number).toList(),
                    queue.workWaiting(),
                    queue.executing.size(),
                    queue.seatsInUse(),
                    queue.isActive() ? queue.next - twin.meter : 0));
      }
      twin.requests.forEach(request -> text.append(request.phase.ordinal()));
      return text.append(twin.marks).toString();
    }

    private static String marks(DispatchMarks marks) {
      long meter = marks.meter();
      return TwinQueueSet.MARKS.formatted(
          marks.start() - meter,
          marks.least() - meter,
          marks.most() - meter,
          marks.leastLeft() - meter,
          marks.mostLeft() - meter);
    }

    @Override
    public void dispatched(FlowRequest request) {
      decisions.add(request + " dispatched");
    }

    @Override
    public void timedOut(FlowRequest request) {
      decisions.add(request + " timed out");
    }
  }
}
