package dev.pintle.kube.instance;

import dev.pintle.kube.validation.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The faults found in a value so far. The same message is kept once; upstream's validator does so because a value may
/// be looked at several times.
///
/// It is full when there is more than anybody reads: a value is wrong by one fault as by thousands.
final class ValidationResult {
  private static final int FAULTS_MAX = 1_000;
  private static final int CHARACTERS_MAX = 1_000_000;

  private final List<Fault> faults = new ArrayList<>(0);
  private final Set<String> messages = new HashSet<>(0);
  private int characters;
  private int matches;

  /// A fault of a value.
  ///
  /// @param message the validator's own words, which make two faults the same
  private record Fault(String message, FieldError error) {}

  void add(String message, FieldError error) {
    if (!isFull() && messages.add(message)) {
      faults.add(new Fault(message, error));
      characters += message.length();
    }
  }

  void add(ValidationResult other) {
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

  boolean isFull() {
    return faults.size() >= FAULTS_MAX || characters >= CHARACTERS_MAX;
  }

  int size() {
    return faults.size();
  }

  /// Forgets what was found after the first `size` faults.
  void cutTo(int size) {
    List<Fault> cut = faults.subList(size, faults.size());
    for (Fault fault : cut) {
      messages.remove(fault.message());
      characters -= fault.message().length();
    }
    cut.clear();
  }

  List<FieldError> errors() {
    return faults.stream().map(Fault::error).toList();
  }
}
