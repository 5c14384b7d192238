package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;

/// The faults that were found so far.
final class DefinitionErrors {
  private final List<FieldError> errors = new ArrayList<>();

  void required(FieldPath path, String detail) {
    errors.add(FieldError.required(path, detail));
  }

  void invalid(FieldPath path, Json value, String detail) {
    errors.add(FieldError.invalid(path, value, detail));
  }

  void invalid(FieldPath path, String value, String detail) {
    errors.add(FieldError.invalid(path, Json.of(value), detail));
  }

  void invalid(FieldPath path, String value, List<String> complaints) {
    if (!complaints.isEmpty()) {
      invalid(path, value, String.join(",", complaints));
    }
  }

  void forbidden(FieldPath path, String detail) {
    errors.add(FieldError.forbidden(path, detail));
  }

  void notSupported(FieldPath path, String value, List<String> supported) {
    errors.add(FieldError.notSupported(path, Json.of(value), supported));
  }

  void add(FieldError error) {
    errors.add(error);
  }

  void addAll(List<FieldError> more) {
    errors.addAll(more);
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  int size() {
    return errors.size();
  }

  List<FieldError> errors() {
    return errors;
  }
}
