package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The names of finalizers.
final class Finalizers {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";
  private static final Set<String> KNOWN = Set.of("kubernetes", ORPHAN, FOREGROUND);

  private Finalizers() {}

  static void check(List<String> finalizers, FieldPath path, ValidatedObject reporter) {
    for (String finalizer : finalizers) {
      checkName(finalizer, path, reporter);
    }
    if (finalizers.contains(ORPHAN) && finalizers.contains(FOREGROUND)) {
      String detail = "finalizer %s and %s cannot be both set".formatted(ORPHAN, FOREGROUND);
      reporter.add(FieldError.invalid(path, reporter.shown("finalizers"), detail));
    }
  }

  static void checkName(String finalizer, FieldPath path, ValidatedObject reporter) {
    for (String complaint : Formats.qualifiedName(finalizer)) {
      reporter.add(FieldError.invalid(path, Json.of(finalizer), complaint));
    }
  }

  static void requireKnown(String finalizer, FieldPath path, ValidatedObject reporter) {
    if (finalizer.indexOf('/') < 0 && !KNOWN.contains(finalizer)) {
      reporter.add(
          FieldError.invalid(
              path,
              Json.of(finalizer),
              "name is neither a standard finalizer name nor is it fully qualified"));
    }
  }

  /// An object on its way out takes no further finalizers.
  static void refuseNew(List<String> finalizers, List<String> old, ValidatedObject metadata) {
    Set<String> added = new TreeSet<>(finalizers);
    added.removeAll(old);
    if (!added.isEmpty()) {
      String names = added.stream().map(GoText::quote).collect(Collectors.joining(", "));
      metadata.forbidden(
          "finalizers",
          "no new finalizers can be added if the object is being deleted, found new finalizers []string{%s}"
              .formatted(names));
    }
  }
}
