package dev.pintle.kube.object;

/// Objects with their fields by name, as Go writes what it read without a structure.
public final class FieldOrder {
  private FieldOrder() {}

  /// The positions of the object's own fields by name.
  public static int[] positions(JsonObject object) {
    return object.positionsByName();
  }

  /// The object's own fields by name; what they hold stays as it is.
  public static JsonObject byName(JsonObject object) {
    JsonObject ordered = new JsonObject();
    for (int position : positions(object)) {
      ordered.set(object.nameAt(position), object.valueAt(position));
    }
    return ordered;
  }

  /// Puts the object's own fields in order where they are.
  public static void sort(JsonObject object) {
    JsonObject ordered = byName(object);
    object.removeIf((_, _) -> true);
    ordered.forEach(field -> object.set(field.name(), field.value()));
  }

  /// The fields of the object, and of all objects in it, by name.
  public static JsonObject byNameThroughout(JsonObject object) {
    JsonObject ordered = byName(object);
    for (int i = 0; i < ordered.size(); i++) {
      ordered.set(ordered.nameAt(i), throughout(ordered.valueAt(i)));
    }
    return ordered;
  }

  /// A value with the fields of all objects in it by name.
  public static Json throughout(Json value) {
    return switch (value) {
      case JsonObject object -> byNameThroughout(object);
      case JsonArray array -> {
        JsonArray ordered = new JsonArray();
        array.forEach(item -> ordered.add(throughout(item)));
        yield ordered;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }
}
