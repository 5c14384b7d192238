package dev.pintle.kube.schema;

import dev.pintle.kube.object.Json;
import org.jspecify.annotations.Nullable;

/// The defaults that a packed file holds: a text in quotes without escapes, a whole number, a truth
/// value.
final class Literals {
  private Literals() {}

  static @Nullable Json read(String text) {
    return switch (text) {
      case "" -> null;
      case "true" -> Json.of(true);
      case "false" -> Json.of(false);
      default ->
          text.startsWith("\"")
              ? Json.of(text.substring(1, text.length() - 1))
              : Json.of(Long.parseLong(text));
    };
  }
}
