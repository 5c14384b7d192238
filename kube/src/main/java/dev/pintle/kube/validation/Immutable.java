package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fields that may not change.
public final class Immutable {
  static final String MESSAGE = "field is immutable";

  private static final Set<String> MAPS_OF_TEXTS =
      Set.of(
          "matchLabels",
          "labels",
          "annotations",
          "nodeSelector",
          "parameters",
          "volumeAttributes",
          "options");

  private Immutable() {}

  static void check(ValidatedObject structure, String field) {
    JsonObject old = structure.old();
    if (!same(structure.structure().get(field), old == null ? null : old.get(field))) {
      structure.add(
          FieldError.invalid(
              structure.path(field),
              GoForm.of(field, structure.structure().given(field)),
              MESSAGE));
    }
  }

  /// As [#check], of a text that Go shows as empty when it is absent.
  static void checkText(ValidatedObject structure, String field) {
    if (isChanged(structure, field)) {
      structure.invalidText(field, MESSAGE);
    }
  }

  /// As [#check], of a value that is not absent when it is empty.
  static void checkValue(ValidatedObject structure, String field) {
    if (isChanged(structure, field) || isGivenAnew(structure, field)) {
      structure.invalid(field, MESSAGE);
    }
  }

  /// As [#checkValue], of a structure that Go shows under names of its own.
  ///
  /// @param form its name in Go
  static void checkStructure(ValidatedObject structure, String field, String form) {
    if (isChanged(structure, field) || isGivenAnew(structure, field)) {
      JsonObject value = structure.structure().object(field);
      Json shown = value == null ? Json.NULL : InternalForms.of(form, value);
      structure.add(FieldError.invalid(structure.path(field), shown, MESSAGE));
    }
  }

  /// Whether it is there and was not, or the other way round.
  private static boolean isGivenAnew(ValidatedObject structure, String field) {
    Json before = structure.old() == null ? null : structure.old().get(field);
    boolean was = before != null && !(before instanceof Json.Null);
    return was != structure.has(field);
  }

  /// Whether a field is new, or not as it was.
  static boolean isChanged(ValidatedObject structure, String field) {
    JsonObject old = structure.old();
    return old == null || !same(structure.structure().get(field), old.get(field));
  }

  /// Whether fields of this name are maps, in which an entry with an empty text counts.
  static boolean isMapOfTexts(String field) {
    return MAPS_OF_TEXTS.contains(field);
  }

  /// Equal maps of texts: an entry with an empty text is none less.
  static boolean sameEntries(@Nullable JsonObject one, @Nullable JsonObject other) {
    if (one == null || other == null || one.isEmpty() || other.isEmpty()) {
      return isNothing(one) && isNothing(other);
    }
    return one.equals(other);
  }

  /// Equal as the API sees it: nothing, null, an empty list, map or structure, and an empty text are the same.
  public static boolean same(@Nullable Json one, @Nullable Json other) {
    if (isNothing(one) || isNothing(other)) {
      return isNothing(one) && isNothing(other);
    }
    return switch (one) {
      case JsonObject object -> other instanceof JsonObject that && sameFields(object, that);
      case JsonArray list -> other instanceof JsonArray that && sameItems(list, that);
      case null -> true;
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> one.equals(other);
    };
  }

  /// Whether nothing at all has changed, not even an empty text or structure that was not there: what is then not looked at again.
  static boolean isUntouched(@Nullable Json one, @Nullable Json other) {
    return Objects.equals(
        one instanceof Json.Null ? null : one, other instanceof Json.Null ? null : other);
  }

  private static boolean isNothing(@Nullable Json value) {
    return switch (value) {
      case null -> true;
      case Json.Null _ -> true;
      case JsonObject object -> object.isEmpty();
      case JsonArray list -> list.isEmpty();
      case Json.Text(var text) -> text.isEmpty();
      case Json.Whole _, Json.Decimal _, Json.Bool _ -> false;
    };
  }

  private static boolean sameFields(JsonObject one, JsonObject other) {
    for (JsonObject.Field field : one) {
      if (!isSame(field.name(), field.value(), other.get(field.name()))) {
        return false;
      }
    }
    for (JsonObject.Field field : other) {
      if (!one.has(field.name()) && !isNothing(field.value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(String name, Json value, @Nullable Json other) {
    if (MAPS_OF_TEXTS.contains(name)
        && value instanceof JsonObject map
        && other instanceof JsonObject that) {
      return sameEntries(map, that);
    }
    return same(value, other);
  }

  private static boolean sameItems(JsonArray one, JsonArray other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.at(i), other.at(i)) || one.at(i).getClass() != other.at(i).getClass()) {
        return false;
      }
    }
    return true;
  }
}
