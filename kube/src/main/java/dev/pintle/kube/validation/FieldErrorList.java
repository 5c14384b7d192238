package dev.pintle.kube.validation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The faults found so far, in the order in which they were found, each once.
final class FieldErrorList {
  /// An object with more is refused all the same, and nobody reads on.
  private static final int ERRORS_MAX = 1_000;

  private final List<FieldError> errors = new ArrayList<>(0);

  /// The same ones, once there are some to look through.
  private final Set<FieldError> told = new HashSet<>(0);

  void add(FieldError error) {
    if (errors.size() < ERRORS_MAX && told.add(error)) {
      errors.add(error);
    }
  }

  int size() {
    return errors.size();
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  List<FieldError> errors() {
    return List.copyOf(errors);
  }
}
