package dev.pintle.sim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.flow.Dealer;
import dev.pintle.kernel.flow.NominalLimits;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/// `-Dpintle.sim.flow.seeds=N` runs N seeds, `-Dpintle.sim.flow.seed=S` the one that failed.
final class FairQueuingTest {
  private static final long SEEDS_USUAL = 4;
  private static final Queuing QUEUES = new Queuing.Wait(128, 6, 1_000);
  private static final int SEATS = 30;
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration WATCHED = Duration.ofSeconds(10);

  private static void forEverySeed(LongConsumer test) {
    Long one = Long.getLong("pintle.sim.flow.seed");
    long first = one != null ? one : 0;
    long seeds = one != null ? 1 : Long.getLong("pintle.sim.flow.seeds", SEEDS_USUAL);
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        test.accept(seed);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "seed %d (-Dpintle.sim.flow.seed=%d): %s".formatted(seed, seed, failure.getMessage()),
            failure);
      }
    }
  }

  private static List<FlowClient> elephants(World world, SimulatedLevel level, int count) {
    return elephants(world, level, count, 3, SHORT);
  }

  private static List<FlowClient> elephants(
      World world, SimulatedLevel level, int count, int seatsMax, Duration serviceMax) {
    SplittableRandom random = world.chance();
    List<FlowClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int atOnce = random.nextInt(60, 200);
      clients.add(
          new FlowClient(
                  world, level, FlowHabit.elephant(random.nextLong(), atOnce, seatsMax, serviceMax))
              .begin());
    }
    return clients;
  }

  /// The index of Jain: 1 when all have the same.
  private static double jain(List<Double> amounts) {
    double sum = amounts.stream().mapToDouble(Double::doubleValue).sum();
    double squares = amounts.stream().mapToDouble(amount -> amount * amount).sum();
    return sum * sum / (amounts.size() * squares);
  }

  @Test
  void elephantsHaveEqualSharesHoweverMuchTheyAskFor() {
    forEverySeed(seed -> {
      World world = new World(seed);
      SimulatedLevel level = new SimulatedLevel(world, QUEUES, SEATS);
      List<FlowClient> clients = new ArrayList<>();
      SplittableRandom random = world.chance();
      for (long hash : apart(random, 10)) {
        FlowHabit habit = FlowHabit.elephant(hash, random.nextInt(60, 200), 3, SHORT);
        clients.add(new FlowClient(world, level, habit).begin());
      }
      assertThat(index(world, level, clients)).isGreaterThanOrEqualTo(0.98);
    });
  }

  /// Two that have a queue in common share it by how much they ask for.
  @Test
  void elephantsWhoseHandsMeetHaveAlmostEqualShares() {
    double[] sum = new double[2];
    forEverySeed(seed -> {
      World world = new World(seed);
      SimulatedLevel level = new SimulatedLevel(world, QUEUES, SEATS);
      double index = index(world, level, elephants(world, level, 10));
      assertThat(index).isGreaterThanOrEqualTo(0.9);
      sum[0] += index;
      sum[1]++;
    });
    assertThat(sum[0] / sum[1]).isGreaterThanOrEqualTo(0.95);
  }

  private static double index(World world, SimulatedLevel level, List<FlowClient> clients) {
    world.runUntil(WATCHED, level::check);
    double used = clients.stream().mapToDouble(FlowClient::seatSeconds).sum();
    assertThat(used).as("of 300 seat-seconds").isBetween(270.0, 300.0);
    return jain(clients.stream().map(FlowClient::seatSeconds).toList());
  }

  /// Hashes of flows whose hands have no queue in common.
  private static List<Long> apart(SplittableRandom random, int count) {
    List<Long> hashes = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    Dealer dealer = new Dealer(128, 6);
    int[] hand = new int[6];
    while (hashes.size() < count) {
      long hash = random.nextLong();
      dealer.deal(hash, hand);
      if (Arrays.stream(hand).noneMatch(taken::contains)) {
        hashes.add(hash);
        Arrays.stream(hand).forEach(taken::add);
      }
    }
    return hashes;
  }

  @Test
  void theClientsOfOneFlowHaveTogetherWhatOneClientOfAnotherHas() {
    forEverySeed(seed -> {
      World world = new World(seed);
      SimulatedLevel level = new SimulatedLevel(world, QUEUES, SEATS);
      List<FlowClient> crowd = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        FlowHabit habit = FlowHabit.elephant(~seed * 77, 30, 3, SHORT);
        crowd.add(new FlowClient(world, level, habit).begin());
      }
      List<FlowClient> singles = elephants(world, level, 4);
      world.runUntil(WATCHED, level::check);
      List<Double> shares = new ArrayList<>(singles.stream().map(FlowClient::seatSeconds).toList());
      shares.add(crowd.stream().mapToDouble(FlowClient::seatSeconds).sum());
      assertThat(jain(shares)).as("%s", shares).isGreaterThanOrEqualTo(0.95);
    });
  }

  @Test
  void aMouseBesideElephantsWaitsForTheNextSeat() {
    forEverySeed(seed -> {
      Visit visit = visit(seed, 1);
      assertThat(visit.mouse().waitMean()).isLessThan(Duration.ofMillis(3));
      assertThat(visit.mouse().waitMax()).isLessThan(Duration.ofMillis(30));
      assertThat(visit.elephants())
          .allSatisfy(
              elephant -> assertThat(elephant.waitMean()).isGreaterThan(Duration.ofMillis(100)));
    });
  }

  /// While a wide request waits for room, seats are idle that the progress meter counts as used: those of others fall behind it, and
  /// a queue that begins now is behind them.
  @Test
  void aMouseBesideWideElephantsWaitsForAFractionOfTheirTime() {
    forEverySeed(seed -> {
      Visit visit = visit(seed, 3);
      assertThat(visit.mouse().waitMax()).isLessThan(Duration.ofMillis(200));
      Duration mean = visit.mouse().waitMean();
      assertThat(visit.elephants())
          .allSatisfy(
              elephant -> assertThat(elephant.waitMean()).isGreaterThan(mean.multipliedBy(4)));
    });
  }

  /// What came of a mouse beside elephants.
  private record Visit(FlowClient mouse, List<FlowClient> elephants) {}

  private static Visit visit(long seed, int seatsMax) {
    World world = new World(seed);
    SimulatedLevel level = new SimulatedLevel(world, QUEUES, SEATS);
    List<FlowClient> elephants = elephants(world, level, 8, seatsMax, SHORT);
    FlowClient mouse =
        new FlowClient(world, level, FlowHabit.mouse(world.chance().nextLong())).begin();
    world.runUntil(WATCHED, level::check);
    assertThat(mouse.dispatched()).isGreaterThan(50);
    return new Visit(mouse, elephants);
  }

  @Test
  void nothingIsLeftOfClientsThatVanishHangUpAndLosePatience() {
    forEverySeed(seed -> assertThat(restless(seed)).isEqualTo(restless(seed)));
  }

  /// A level is configured anew again and again under load.
  ///
  /// @return the fingerprint of the story
  private static long restless(long seed) {
    World world = new World(seed);
    SimulatedLevel level = new SimulatedLevel(world, new Queuing.Wait(32, 4, 20), 20);
    SplittableRandom random = world.chance();
    List<FlowClient> clients = new ArrayList<>(elephants(world, level, 2));
    for (int i = 0; i < 12; i++) {
      clients.add(new FlowClient(world, level, FlowHabit.restless(random.nextLong(), 10)).begin());
    }
    for (int i = 1; i < 40; i++) {
      world.after(Duration.ofMillis(200L * i), () -> configure(level, random));
    }
    Duration end = Duration.ofSeconds(8);
    for (FlowClient client : clients) {
      Duration last = client == clients.getFirst() ? end : Duration.ofMillis(random.nextInt(8_000));
      world.after(last, client::vanish);
    }
    world.runUntil(end.plusSeconds(2), level::check);
    level.checkEmpty();
    assertThat(clients).allSatisfy(client -> assertThat(client.open()).isZero());
    assertThat(clients.stream().mapToLong(FlowClient::hungUp).sum()).isGreaterThan(50);
    assertThat(level.queues().counts().timedOut()).isGreaterThan(50);
    assertThat(level.queues().counts().dispatched()).isGreaterThan(1_000);
    return world.fingerprint();
  }

  private static void configure(SimulatedLevel level, SplittableRandom random) {
    int seats = random.nextInt(1, 30);
    if (random.nextInt(6) == 0) {
      level.configure(new Queuing.Reject(), seats);
      return;
    }
    int queues = random.nextInt(1, 64);
    int hand = random.nextInt(1, Math.min(queues, 6) + 1);
    level.configure(new Queuing.Wait(queues, hand, random.nextInt(1, 40)), seats);
  }

  @Test
  void anIdleLevelLendsItsSeatsAndHasThemBackWhenItNeedsThem() {
    forEverySeed(seed -> {
      World world = new World(seed);
      LendingServer server = new LendingServer(world, QUEUES);
      SimulatedLevel busy = server.add(new NominalLimits(20, 10, 60));
      SimulatedLevel idle = server.add(new NominalLimits(20, 4, 60));
      SimulatedLevel proud = server.add(new NominalLimits(20, 20, 20));
      Runnable check =
          () -> {
            busy.check();
            idle.check();
            proud.check();
          };
      slowElephants(world, busy);
      world.runUntil(LendingServer.PERIOD.plusSeconds(5), check);
      assertThat(busy.queues().seatsMax()).isEqualTo(36);
      assertThat(idle.queues().seatsMax()).isEqualTo(4);
      assertThat(proud.queues().seatsMax()).isEqualTo(20);
      List<FlowClient> late = slowElephants(world, idle);
      world.runUntil(LendingServer.PERIOD.multipliedBy(2).plusSeconds(1), check);
      assertThat(busy.queues().seatsMax()).isEqualTo(20);
      assertThat(idle.queues().seatsMax()).isEqualTo(20);
      // It is remembered for a while how much was asked for.
      late.forEach(FlowClient::vanish);
      world.runUntil(Duration.ofMinutes(12), check);
      assertThat(busy.queues().seatsMax()).isGreaterThan(27);
      assertThat(idle.queues().seatsMax()).isLessThan(13);
    });
  }

  private static List<FlowClient> slowElephants(World world, SimulatedLevel level) {
    return elephants(world, level, 4, 1, Duration.ofMillis(400));
  }
}
