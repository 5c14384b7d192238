package dev.pintle.kube.validation;

import java.util.ArrayList;
import java.util.List;

/// What was found wrong so far, in the order in which it was found, each thing once.
final class Findings {
  private final List<FieldError> errors = new ArrayList<>(0);

  void add(FieldError error) {
    if (!errors.contains(error)) {
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
