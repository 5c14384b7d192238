package dev.pintle.sim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.ServiceTime;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Flows of short and of long requests at one level, where all are taken to last 3 ms until they have ended, or as long as those of their
/// kind did. `-Dpintle.sim.flow.learned=N` runs N seeds and says what came of it.
final class LearnedServiceTest {
  private static final Queuing QUEUES = new Queuing.Wait(128, 6, 1_000);
  private static final int SEATS = 30;
  private static final int FLOWS = 5;
  private static final Duration SHORT = Duration.ofMillis(4);
  private static final Duration LONG = Duration.ofMillis(400);
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int WINDOWS = 10;
  private static final long SEEDS = Long.getLong("pintle.sim.flow.learned", 4);

  /// What came of a run.
  ///
  /// @param index of Jain, of the seat-seconds that flows had in a second, in the mean over seconds
  /// @param whole the index of what they had in all
  /// @param mouseMillis how long a request of one seat beside them waited, in the mean
  /// @param shortMillis how long one of a flow of short requests waited
  private record Outcome(double index, double whole, double mouseMillis, double shortMillis) {
    Outcome plus(Outcome other) {
      return new Outcome(
          index + other.index,
          whole + other.whole,
          mouseMillis + other.mouseMillis,
          shortMillis + other.shortMillis);
    }

    @Override
    public String toString() {
      return "Jain a second %.4f, in all %.4f, mouse %.2f ms, short %.2f ms"
          .formatted(index / SEEDS, whole / SEEDS, mouseMillis / SEEDS, shortMillis / SEEDS);
    }
  }

  /// What is known of how long requests last.
  private enum Known {
    NOTHING,
    /// One time for all, though some are a hundred times as long as others.
    OF_ALL,
    BY_KIND
  }

  private static Outcome run(long seed, Known known) {
    World world = new World(seed);
    SimulatedLevel level = new SimulatedLevel(world, QUEUES, SEATS);
    SplittableRandom random = world.chance();
    AtomicReference<ServiceTime> shortTime = new AtomicReference<>(ServiceTime.UNKNOWN);
    AtomicReference<ServiceTime> longTime =
        known == Known.OF_ALL ? shortTime : new AtomicReference<>(ServiceTime.UNKNOWN);
    List<FlowClient> flows = new ArrayList<>();
    for (int i = 0; i < 2 * FLOWS; i++) {
      boolean brief = i % 2 == 0;
      FlowHabit habit = FlowHabit.elephant(random.nextLong(), 80, 1, brief ? SHORT : LONG);
      FlowClient client = new FlowClient(world, level, habit);
      flows.add(known == Known.NOTHING ? client : client.learning(brief ? shortTime : longTime));
    }
    FlowClient mouse = new FlowClient(world, level, FlowHabit.mouse(random.nextLong()));
    if (known != Known.NOTHING) {
      mouse.learning(shortTime);
    }
    flows.forEach(FlowClient::begin);
    mouse.begin();
    double index = 0;
    List<Double> before = seatSeconds(flows);
    List<Double> first = before;
    for (int i = 1; i <= WINDOWS; i++) {
      world.runUntil(WINDOW.multipliedBy(i), level::check);
      List<Double> after = seatSeconds(flows);
      index += jain(before, after) / WINDOWS;
      before = after;
    }
    double shortMillis =
        flows.stream()
            .filter(client -> client.habit().serviceMax().equals(SHORT))
            .mapToDouble(client -> client.waitMean().toNanos() / 1e6)
            .average()
            .orElseThrow();
    return new Outcome(index, jain(first, before), mouse.waitMean().toNanos() / 1e6, shortMillis);
  }

  private static List<Double> seatSeconds(List<FlowClient> flows) {
    return flows.stream().map(FlowClient::seatSeconds).toList();
  }

  private static double jain(List<Double> before, List<Double> after) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < before.size(); i++) {
      double amount = after.get(i) - before.get(i);
      sum += amount;
      squares += amount * amount;
    }
    return sum * sum / (before.size() * squares);
  }

  private static Outcome sum(Known known) {
    Outcome sum = new Outcome(0, 0, 0, 0);
    for (long seed = 0; seed < SEEDS; seed++) {
      sum = sum.plus(run(seed, known));
    }
    return sum;
  }

  @Test
  void flowsOfShortAndOfLongRequestsShareBetterWhereTheirTimesAreLearned() {
    Outcome guessed = sum(Known.NOTHING);
    Outcome mixed = sum(Known.OF_ALL);
    Outcome learned = sum(Known.BY_KIND);
    String all = "3 ms: %s%nof all: %s%nby kind: %s".formatted(guessed, mixed, learned);
    System.getLogger(LearnedServiceTest.class.getName()).log(System.Logger.Level.INFO, all);

    assertThat(learned.index()).as(all).isGreaterThan(guessed.index());
    assertThat(learned.whole()).as(all).isGreaterThan(guessed.whole());
    assertThat(learned.mouseMillis()).as(all).isLessThan(guessed.mouseMillis());
    assertThat(mixed.index()).as(all).isGreaterThan(0.9 * guessed.index());
  }
}
