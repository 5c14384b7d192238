package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// One field of a structure under context.
///
/// @param structure what it is a field of
/// @param value what is there; null when absent or null
/// @param old what was there before the update
record ValidatedField(
    ValidatedObject structure,
    String field,
    FieldPath path,
    @Nullable Json value,
    @Nullable Json old) {

  static ValidatedField of(ValidatedObject structure, String field) {
    JsonObject old = structure.old();
    return new ValidatedField(
        structure,
        field,
        structure.path(field),
        structure.value(field),
        old == null || old.get(field) instanceof Json.Null ? null : old.get(field));
  }

  ValidatedField item(int index, Json item) {
    return new ValidatedField(structure, field, path.index(index), item, null);
  }

  boolean isSet() {
    return value != null;
  }

  boolean isEmpty() {
    return switch (value) {
      case null -> true;
      case Json.Text(var text) -> text.isEmpty();
      case JsonArray list -> list.isEmpty();
      case JsonObject map -> map.isEmpty();
      case Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> false;
    };
  }

  String text() {
    return value instanceof Json.Text(var text) ? text : "";
  }

  long number() {
    return value instanceof Json.Whole(var number) ? number : 0;
  }

  /// What a message shows.
  Json shown() {
    return value == null ? Json.NULL : value;
  }

  void report(FieldError error) {
    structure.add(error);
  }

  void invalid(String detail) {
    report(FieldError.invalid(path, shown(), detail));
  }
}
