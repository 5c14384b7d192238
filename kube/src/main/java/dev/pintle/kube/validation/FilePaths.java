package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import java.util.List;

/// Paths in file systems.
final class FilePaths {
  private FilePaths() {}

  static boolean hasSteps(String path) {
    return List.of(path.split("/", -1)).contains("..");
  }

  static void withoutSteps(ValidatedObject reporter, String path, FieldPath at) {
    if (hasSteps(path)) {
      reporter.add(FieldError.invalid(at, Json.of(path), "must not contain '..'"));
    }
  }

  /// A path below where it is used.
  static void descending(ValidatedObject reporter, String path, FieldPath at) {
    if (path.startsWith("/")) {
      reporter.add(FieldError.invalid(at, Json.of(path), "must be a relative path"));
    }
    withoutSteps(reporter, path, at);
  }

  /// Whether nothing would be said of a path by [#descendingNonReserved].
  static boolean isLocal(String path) {
    return !path.startsWith("/") && !path.startsWith("..") && !hasSteps(path);
  }

  /// Names that start with two dots belong to the kubelet.
  static void descendingNonReserved(ValidatedObject reporter, String path, FieldPath at) {
    descending(reporter, path, at);
    if (path.startsWith("..") && !path.startsWith("../")) {
      reporter.add(FieldError.invalid(at, Json.of(path), "must not start with '..'"));
    }
  }
}
