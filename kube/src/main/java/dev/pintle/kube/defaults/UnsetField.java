package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.OmitPolicy;
import org.jspecify.annotations.Nullable;

/// The meaning of "no value" to a default.
final class UnsetField {
  private UnsetField() {}

  /// For conditions: absent, null, or empty; a number is a number, also zero.
  static boolean isAbsent(@Nullable Json value) {
    return switch (value) {
      case null -> true;
      case Json.Null _ -> true;
      case JsonArray list -> list.isEmpty();
      case Json.Text text -> text.value().isEmpty();
      case JsonObject _, Json.Whole _, Json.Decimal _, Json.Bool _ -> false;
    };
  }

  /// For values that Go cannot tell from their absence: absent, null, empty or zero.
  static boolean isUnset(@Nullable Json value) {
    return switch (value) {
      case null -> true;
      case Json.Null _ -> true;
      case JsonArray list -> list.isEmpty();
      case JsonObject _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ -> isZero(value);
    };
  }

  /// For a field that gets a default: a pointer in Go is unset only when it is absent, everything else also at its zero
  /// value, which Go cannot tell from absence.
  static boolean needsDefault(@Nullable Json value, OmitPolicy omitPolicy) {
    return switch (value) {
      case null -> true;
      case Json.Null _ -> true;
      case JsonArray list -> list.isEmpty();
      case JsonObject _ -> false;
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          !omitPolicy.isPointer() && isZero(value);
    };
  }

  private static boolean isZero(Json value) {
    return switch (value) {
      case Json.Text text -> text.value().isEmpty();
      case Json.Whole number -> number.value() == 0;
      case Json.Decimal number -> number.value() == 0;
      case Json.Bool bool -> !bool.value();
      case Json.Null _ -> true;
      case JsonArray _, JsonObject _ -> false;
    };
  }
}
