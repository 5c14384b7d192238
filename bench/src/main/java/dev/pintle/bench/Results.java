package dev.pintle.bench;

import java.util.Comparator;
import java.util.List;

/// Arithmetic on rounds.
final class Results {
  private Results() {}

  static Result between(Usage before, Usage after, H2Load.Outcome outcome) {
    return new Result(
        outcome.requests(),
        after.cpuMicros() - before.cpuMicros(),
        outcome.perSecond(),
        outcome.p50Micros(),
        outcome.p99Micros(),
        after.residentBytes());
  }

  /// The round whose CPU per operation is the median.
  static Result median(List<Result> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Result::cpuMicrosEach))
        .toList()
        .get(rounds.size() / 2);
  }
}
