package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Random histories of one level that upstream's own queue set has lived through, and what state it was in after each event:
/// `histories.txt`. A line that begins with `H` begins a history with its queues (0 for a level that rejects), hand, queue length and
/// seats. The others are events, each with the nanoseconds since the one before: `o` offers a request (its flow's hash, seats, final seats,
/// nanoseconds of these), `f` finishes and `c` cancels the request with that number, `g` changes the limits. After the `>`: whether it was
/// rejected, requests that wait, requests that are executed, seats in use, and a sum over the state of every queue.
///
/// Upstream looks for something to dispatch only at the next event after a request has left its queue, and is made to look at once by
/// being configured once more. `-Dpintle.flow.histories=FILE` replays another file.
final class UpstreamHistoriesTest {
  @Test
  void theSameIsDecidedAsByUpstream() throws IOException {
    Replay replay = new Replay();
    String file = System.getProperty("pintle.flow.histories");
    if (file == null) {
      Figures.lines("histories.txt").forEach(replay::line);
    } else {
      try (Stream<String> lines = Files.lines(Path.of(file))) {
        lines.forEach(replay::line);
      }
    }
    assertThat(replay.histories).isGreaterThan(10);
  }

  private static final class Replay implements QueueSet.Decisions {
    private final List<NumberedRequest> requests = new ArrayList<>();
    private QueueSet queues = new QueueSet(new Queuing.Reject(), 1, this, 0);
    private long now;
    private int histories;
    private int lineNumber;

    void line(String line) {
      lineNumber++;
      String[] words = line.split(" ", -1);
      if (words[0].equals("H")) {
        histories++;
        requests.clear();
        now = 0;
        queues = new QueueSet(queuing(words, 1), Integer.parseInt(words[4]), this, now);
        return;
      }
      int result = List.of(words).indexOf(">") + 1;
      String chosen = happen(words);
      String state = state();
      QueueSetCounts counts = queues.counts();
      String seen =
          "%s %d %d %d %08x"
              .formatted(
                  chosen, counts.waiting(), counts.executing(), counts.seatsInUse(), sum(state));
      String expected = String.join(" ", List.of(words).subList(result, result + 5));
      assertThat(seen)
          .as("line %d of history %d: %s%nstate here: %s", lineNumber, histories, line, state)
          .isEqualTo(expected);
    }

    private String happen(String[] words) {
      now += Long.parseLong(words[1]);
      switch (words[0]) {
        case "o" -> {
          return offer(words);
        }
        case "f" -> queues.finish(requests.get(Integer.parseInt(words[2])), now);
        case "c" -> queues.cancel(requests.get(Integer.parseInt(words[2])), now);
        case "g" -> queues.configure(queuing(words, 2), Integer.parseInt(words[5]), now);
        default -> throw new IllegalArgumentException(words[0]);
      }
      return "-";
    }

    private String offer(String[] words) {
      WorkEstimate estimate =
          new WorkEstimate(
              Integer.parseInt(words[3]), Integer.parseInt(words[4]), Long.parseLong(words[5]));
      long hash = Long.parseUnsignedLong(words[2], 16);
      NumberedRequest request =
          new NumberedRequest(requests.size(), hash, estimate, now, Long.MAX_VALUE / 2);
      requests.add(request);
      return queues.offer(request, now) == null ? "-" : "r";
    }

    private static Queuing queuing(String[] words, int from) {
      int count = Integer.parseInt(words[from]);
      return count == 0
          ? new Queuing.Reject()
          : new Queuing.Wait(
              count, Integer.parseInt(words[from + 1]), Integer.parseInt(words[from + 2]));
    }

    private String state() {
      List<List<Integer>> executing = new ArrayList<>();
      List<List<Integer>> waiting = new ArrayList<>();
      for (int i = 0; i < queues.queueCount(); i++) {
        executing.add(new ArrayList<>());
        waiting.add(new ArrayList<>());
        queues.forEachWaiting(
            i, request -> waiting.getLast().add(NumberedRequest.numberOf(request)));
      }
      queues.forEachExecuting(request -> {
        if (request.queueIndex() >= 0) {
          executing.get(request.queueIndex()).add(NumberedRequest.numberOf(request));
        }
      });
      StringBuilder state = new StringBuilder().append(queues.queueCount());
      for (int i = 0; i < queues.queueCount(); i++) {
        QueueState queue = queues.queue(i);
        boolean active = queue.waiting() > 0 || queue.executing() > 0;
        if (active || queue.seatsInUse() > 0) {
          String at = active ? SeatSeconds.text(queue.nextDispatchAt()) : "-";
          executing.get(i).sort(Integer::compare);
          state.append(
              ";%d:%s:%s:%s:%d:%d:%d:%s"
                  .formatted(
                      i,
                      at,
                      joined(executing.get(i)),
                      joined(waiting.get(i)),
                      queue.seatsInUse(),
                      queue.initialSeatsWaiting(),
                      queue.maxSeatsWaiting(),
                      SeatSeconds.text(queue.workWaiting())));
        }
      }
      return state.toString();
    }

    private static String joined(List<Integer> numbers) {
      return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static long sum(String text) {
      CRC32 sum = new CRC32();
      sum.update(text.getBytes(StandardCharsets.US_ASCII));
      return sum.getValue();
    }

    @Override
    public void dispatched(FlowRequest request) {
      assertThat(request.phase()).isEqualTo(FlowRequest.Phase.EXECUTING);
    }

    @Override
    public void timedOut(FlowRequest request) {
      throw new AssertionError("no request of these histories times out");
    }
  }
}
