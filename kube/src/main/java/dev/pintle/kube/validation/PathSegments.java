package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import java.util.function.Consumer;

/// The rule of names that can be a part of a URL's path.
final class PathSegments {
  private PathSegments() {}

  static void require(ValidatedObject structure, String field) {
    require(structure, field, structure::add);
  }

  /// @param missing takes the fault when there is none
  static void require(ValidatedObject structure, String field, Consumer<FieldError> missing) {
    if (structure.text(field).isEmpty()) {
      missing.accept(FieldError.required(structure.path(field), ""));
    } else {
      structure.invalid(field, Formats.pathSegment(structure.text(field)));
    }
  }
}
