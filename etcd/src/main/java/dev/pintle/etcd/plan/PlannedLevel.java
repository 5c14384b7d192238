package dev.pintle.etcd.plan;

import dev.pintle.kernel.flow.Dealer;
import dev.pintle.kernel.flow.NominalLimits;
import dev.pintle.kernel.flow.Queuing;

/// A level: so many seats, and how requests wait for them.
///
/// @param seats that its requests hold at once, at most; of no meaning for one that is exempt
public record PlannedLevel(String name, int seats, Queuing queuing) {
  /// The level of requests that are never queued.
  public static final PlannedLevel EXEMPT = new PlannedLevel("exempt", 0, new Queuing.Exempt());

  /// The level of requests that no rule matches.
  public static final PlannedLevel CATCH_ALL =
      new PlannedLevel("catch-all", 16, new Queuing.Wait(16, 4, 50));

  public static final int SEATS_MAX = 100_000;
  public static final int QUEUES_MAX = 4096;
  public static final int QUEUE_LENGTH_MAX = 100_000;

  public boolean isExempt() {
    return queuing instanceof Queuing.Exempt;
  }

  static boolean isReserved(String name) {
    return name.equals(EXEMPT.name()) || name.equals(CATCH_ALL.name());
  }

  /// The most seats that one request of the level is taken to need.
  public int requestSeatsMax() {
    int hand =
        switch (queuing) {
          case Queuing.Wait wait -> wait.handSize();
          case Queuing.Reject _, Queuing.Exempt _ -> 1;
        };
    return new NominalLimits(seats, seats, seats).requestSeatsMax(hand);
  }

  /// @param where its fields begin, for messages
  void check(String where) {
    PlanNames.check(where + ".name", name);
    if (isReserved(name)) {
      throw PlanNames.bad(where + ".name", name, "another name: this one is the server's own");
    }
    requireWithin(where + ".seats", seats, 1, SEATS_MAX);
    switch (queuing) {
      case Queuing.Wait wait -> check(where, wait);
      case Queuing.Reject _ -> {}
      case Queuing.Exempt _ ->
          throw PlanNames.bad(where, name, "seats: the level that has no limits is exempt");
    }
  }

  private static void check(String where, Queuing.Wait wait) {
    requireWithin(where + ".queues", wait.queues(), 1, QUEUES_MAX);
    requireWithin(where + ".handSize", wait.handSize(), 1, wait.queues());
    if (!Dealer.isValid(wait.queues(), wait.handSize())) {
      throw PlanNames.bad(
          where + ".handSize",
          Integer.toString(wait.handSize()),
          "so small that %d queues and it use up at most %d bits, not %d"
              .formatted(
                  wait.queues(),
                  Dealer.ENTROPY_BITS_MAX,
                  Dealer.entropyBits(wait.queues(), wait.handSize())));
    }
    requireWithin(where + ".queueLength", wait.queueLengthMax(), 1, QUEUE_LENGTH_MAX);
  }

  private static void requireWithin(String where, int value, int min, int max) {
    if (value < min || value > max) {
      throw PlanNames.bad(where, Integer.toString(value), "%d to %d".formatted(min, max));
    }
  }
}
