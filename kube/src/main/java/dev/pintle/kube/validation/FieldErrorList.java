package dev.pintle.kube.validation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The faults found so far, in the order in which they were found, each once but for those that are repeated.
final class FieldErrorList {
  /// An object with more is refused all the same, and nobody reads on.
  private static final int ERRORS_MAX = 1_000;

  /// The end of a validation that has found enough.
  private static final class Enough extends RuntimeException {
    Enough() {
      super("enough errors were found", null, false, false);
    }
  }

  private final List<FieldError> errors = new ArrayList<>(0);

  /// The same ones, once there are some to look through.
  private final Set<FieldError> told = new HashSet<>(0);

  void add(FieldError error) {
    if (told.add(error)) {
      errors.add(error);
    }
    if (errors.size() >= ERRORS_MAX) {
      // What it costs to find the rest grows with what was sent.
      throw new Enough();
    }
  }

  /// Tells faults that were told before once more.
  void repeat(List<FieldError> told) {
    told.stream().limit(ERRORS_MAX - errors.size()).forEach(errors::add);
  }

  List<FieldError> soFar() {
    return List.copyOf(errors);
  }

  /// Forgets what was told, for what makes it meaningless.
  void only(FieldError error) {
    errors.clear();
    told.clear();
    add(error);
  }

  /// The faults that `examination`, which adds them here, finds until there are enough.
  List<FieldError> of(Runnable examination) {
    try {
      examination.run();
    } catch (Enough _) {
      // All that is told is there.
    }
    return List.copyOf(errors);
  }

  int size() {
    return errors.size();
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }
}
