package dev.pintle.kernel.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lending of seats from level to level for the next period, after the demand of the last one.
public final class SeatBorrowing {
  private SeatBorrowing() {}

  /// One level that takes part.
  ///
  /// @param exempt whether it has all the seats it wants, which are then missing to the others
  /// @param seats that it has had
  public record Level(NominalLimits limits, DemandHistory demand, boolean exempt, int seats) {
    int lowest() {
      int high = demand.highWatermark();
      return Math.max(limits.min(), exempt ? high : Math.min(limits.nominal(), high));
    }

    /// What it has when the limits of all levels cannot be kept together.
    int unchanged() {
      return exempt ? lowest() : seats;
    }

    /// What it would have if seats were not scarce.
    public double target() {
      return Math.max(lowest(), demand.smoothed());
    }
  }

  /// The seats of each level from now on, in the order of the levels.
  ///
  /// @param fairShare the part of its target that each level has, bounds apart; 0 when there were too few seats for that
  public record Lent(List<Integer> seats, double fairShare) {}

  public static Lent adjust(List<Level> levels) {
    List<Level> limited = levels.stream().filter(level -> !level.exempt()).toList();
    long nominal = levels.stream().mapToLong(level -> level.limits().nominal()).sum();
    long left = nominal - levels.stream().filter(Level::exempt).mapToLong(Level::lowest).sum();
    long min = limited.stream().mapToLong(level -> level.limits().min()).sum();
    long lowest = limited.stream().mapToLong(Level::lowest).sum();
    if (left <= lowest) {
      double share = left <= min ? 0 : (double) (left - min) / (lowest - min);
      return new Lent(levels.stream().map(level -> scarce(level, share)).toList(), 0);
    }
    List<FairAllocation.Claim> claims =
        limited.stream()
            .map(level ->
                new FairAllocation.Claim(level.target(), level.lowest(), level.limits().max()))
            .toList();
    // Of all seats, not only of those that are left: what exempt levels take is given out once
    // more, as upstream does.
    Optional<FairAllocation> fair = FairAllocation.of((double) nominal, claims);
    return fair.map(divided -> lent(levels, divided))
        .orElseGet(() -> new Lent(levels.stream().map(Level::unchanged).toList(), 0));
  }

  private static Lent lent(List<Level> levels, FairAllocation fair) {
    List<Integer> seats = new ArrayList<>();
    int claim = 0;
    for (Level level : levels) {
      seats.add(level.exempt() ? level.lowest() : (int) Math.round(fair.amounts().get(claim++)));
    }
    return new Lent(seats, fair.proportion());
  }

  /// @param share what each has of the seats between what it keeps anyway and what it needed
  private static int scarce(Level level, double share) {
    int min = level.limits().min();
    return level.exempt() ? level.lowest() : min + (int) Math.round((level.lowest() - min) * share);
  }
}
