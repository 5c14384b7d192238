package dev.pintle.sim.flow;

import dev.pintle.kernel.flow.DemandHistory;
import dev.pintle.kernel.flow.NominalLimits;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.SeatBorrowing;
import dev.pintle.sim.world.Claim;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server whose levels lend each other seats.
public final class LendingServer {
  public static final Duration PERIOD = Duration.ofSeconds(10);

  private final World world;
  private final Queuing queuing;
  private final List<Borrower> borrowers = new ArrayList<>();

  /// One level of it.
  private static final class Borrower {
    final SimulatedLevel level;
    final NominalLimits limits;
    final DemandHistory demand = new DemandHistory();

    Borrower(SimulatedLevel level, NominalLimits limits) {
      this.level = level;
      this.limits = limits;
    }
  }

  public LendingServer(World world, Queuing queuing) {
    this.world = world;
    this.queuing = queuing;
    world.after(PERIOD, this::lend);
  }

  public SimulatedLevel add(NominalLimits limits) {
    SimulatedLevel level = new SimulatedLevel(world, queuing, limits.initial());
    borrowers.add(new Borrower(level, limits));
    return level;
  }

  private void lend() {
    List<SeatBorrowing.Level> levels = new ArrayList<>();
    for (Borrower borrower : borrowers) {
      borrower.demand.note(borrower.level.queues().demand().reset(world.now()));
      int seats = borrower.level.queues().seatsMax();
      levels.add(new SeatBorrowing.Level(borrower.limits, borrower.demand, false, seats));
    }
    SeatBorrowing.Lent lent = SeatBorrowing.adjust(levels);
    int nominal = borrowers.stream().mapToInt(borrower -> borrower.limits.nominal()).sum();
    int given = lent.seats().stream().mapToInt(Integer::intValue).sum();
    Claim.check(
        Math.abs(given - nominal) <= borrowers.size(), "%d of %d seats: %s", given, nominal, lent);
    for (int i = 0; i < borrowers.size(); i++) {
      NominalLimits limits = borrowers.get(i).limits;
      int seats = lent.seats().get(i);
      Claim.check(seats >= limits.min() && seats <= limits.max(), "%d of %s", seats, limits);
      borrowers.get(i).level.configure(queuing, seats);
    }
    world.after(PERIOD, this::lend);
  }
}
