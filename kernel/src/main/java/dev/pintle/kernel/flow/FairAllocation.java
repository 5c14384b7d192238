package dev.pintle.kernel.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A division of seats: everybody has the same part of their target, but for the bounds that they have.
///
/// @param amounts what everybody has, in the order of the claims
/// @param proportion the part of their target
record FairAllocation(List<Double> amounts, double proportion) {
  /// Smaller targets count as this, so that the part of a target is always a number.
  private static final double TARGET_MIN = 0.001;

  private static final double EPSILON = 1e-7;

  /// One who takes part.
  ///
  /// @param target at least `lowest`
  /// @param highest at least `lowest`
  record Claim(double target, double lowest, double highest) {
    Claim {
      target = Math.max(target, TARGET_MIN);
    }

    double at(double proportion) {
      return Math.max(lowest, Math.min(highest, proportion * target));
    }
  }

  /// A place at which a claim begins, or ceases, to grow with the proportion.
  ///
  /// @param slope what the growth of all changes by there
  private record Bound(double proportion, double slope) {}

  /// Divides `sum`; empty when the bounds do not allow that.
  static Optional<FairAllocation> of(double sum, List<Claim> claims) {
    double low = claims.stream().mapToDouble(Claim::lowest).sum();
    double high = claims.stream().mapToDouble(Claim::highest).sum();
    if (low - sum > EPSILON || sum - high > EPSILON) {
      return Optional.empty();
    }
    if (sum == 0) {
      return Optional.of(new FairAllocation(claims.stream().map(_ -> 0.0).toList(), 0));
    }
    double proportion = proportion(sum, low, claims);
    return Optional.of(
        new FairAllocation(
            claims.stream().map(claim -> claim.at(proportion)).toList(), proportion));
  }

  /// What all have together grows with the proportion, along a line that bends at the bounds: walks along it until it is `sum`.
  private static double proportion(double sum, double low, List<Claim> claims) {
    List<Bound> bounds = new ArrayList<>();
    for (Claim claim : claims) {
      bounds.add(new Bound(claim.lowest() / claim.target(), claim.target()));
      bounds.add(new Bound(claim.highest() / claim.target(), -claim.target()));
    }
    bounds.sort(Comparator.comparingDouble(Bound::proportion));
    double total = low;
    double slope = 0;
    double proportion = bounds.getFirst().proportion();
    if (sum - low < EPSILON) {
      return proportion;
    }
    for (Bound bound : bounds) {
      double grown = total + slope * (bound.proportion() - proportion);
      if (grown >= sum && slope > 0) {
        return proportion + (sum - total) / slope;
      }
      total = grown;
      proportion = bound.proportion();
      slope += bound.slope();
    }
    return proportion;
  }
}
