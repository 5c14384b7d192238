package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;

/// The words that a strategic merge patch puts among the fields.
final class Directives {
  static final String PATCH = "$patch";
  static final String RETAIN_KEYS = "$retainKeys";
  static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList";
  static final String ELEMENT_ORDER = "$setElementOrder";

  private Directives() {}

  /// The name of the field that a directive is about.
  ///
  /// @param kind what the name begins with
  /// @param list what it is about, for a message
  static String fieldOf(String name, String kind, String list) throws PatchException {
    if (name.length() == kind.length() || name.charAt(kind.length()) != '/') {
      throw PatchException.malformed("invalid patch format of " + list);
    }
    return name.substring(kind.length() + 1);
  }

  /// A word that stands for nothing.
  static PatchException unknown(Json directive, JsonObject patch) {
    return PatchException.unforeseen(
        "unknown patch type: %s in map: %s"
            .formatted(GoValues.words(directive), GoValues.text(patch)));
  }

  /// `value` without objects that carry a directive.
  static Json strip(Json value) {
    return switch (value) {
      case JsonObject object -> stripObject(object);
      case JsonArray array -> stripArray(array);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private static JsonObject stripObject(JsonObject object) {
    object.removeIf((_, value) -> isMarked(value));
    for (int i = 0; i < object.size(); i++) {
      object.set(object.nameAt(i), strip(object.valueAt(i)));
    }
    return object;
  }

  private static JsonArray stripArray(JsonArray array) {
    JsonArray kept = new JsonArray();
    for (Json item : array) {
      if (!isMarked(item)) {
        kept.add(strip(item));
      }
    }
    return kept;
  }

  static boolean isMarked(Json value) {
    return value instanceof JsonObject object && object.has(PATCH);
  }

  /// Removes the fields of objects whose value is null, however deep.
  static void dropNulls(Json value) {
    switch (value) {
      case JsonObject object -> {
        object.removeIf((_, held) -> held instanceof Json.Null);
        for (int i = 0; i < object.size(); i++) {
          dropNulls(object.valueAt(i));
        }
      }
      case JsonArray array -> array.forEach(Directives::dropNulls);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
