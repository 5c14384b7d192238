package dev.pintle.kube.instance;

import dev.pintle.kube.validation.FieldError;
import java.util.ArrayList;
import java.util.List;

/// What was found in a value so far. The same message is kept once; upstream's validator does so because a value may be
/// looked at several times.
final class Verdict {
  private final List<Fault> faults = new ArrayList<>(0);
  private int matches;

  /// @param message the validator's own words, which make two faults the same
  private record Fault(String message, FieldError error) {}

  void add(String message, FieldError error) {
    for (Fault fault : faults) {
      if (fault.message().equals(message)) {
        return;
      }
    }
    faults.add(new Fault(message, error));
  }

  void add(Verdict other) {
    other.faults.forEach(fault -> add(fault.message(), fault.error()));
    matches += other.matches;
  }

  /// Counts a check that was made and passed: of several alternatives the one with most of them is told about.
  void match() {
    matches++;
  }

  int matches() {
    return matches;
  }

  boolean isClean() {
    return faults.isEmpty();
  }

  int size() {
    return faults.size();
  }

  /// Forgets what was found after the first `size` faults.
  void cutTo(int size) {
    faults.subList(size, faults.size()).clear();
  }

  List<FieldError> errors() {
    return faults.stream().map(Fault::error).toList();
  }
}
