package dev.pintle.kube.cel;

import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An object, or a part of one, that an expression makes to be merged into another (`Object.spec{replicas: 3}`).
///
/// @param name of its type, which says where in the object it belongs
record AppliedObject(String name, Map<String, Value> fields) implements StructuredValue {
  AppliedObject {
    fields = new TreeMap<>(fields);
  }

  @Override
  public @Nullable Value field(String field) {
    return fields.get(field);
  }

  @Override
  public String typeName() {
    return name;
  }

  @Override
  public String goTypeName() {
    return "*dynamic.ObjectVal";
  }

  @Override
  public boolean isZero() {
    return fields.isEmpty();
  }

  /// Says of which parts the type names another place than the one where they stand; empty when all are in place.
  String misplaced() {
    StringBuilder found = new StringBuilder();
    check(this, name, found);
    return found.toString();
  }

  private static void check(AppliedObject object, String place, StringBuilder found) {
    if (!object.name.equals(place)) {
      found
          .append(found.isEmpty() ? "" : "\n")
          .append(
              "unexpected type name \"%s\", expected \"%s\", which matches field name path from root Object type"
                  .formatted(object.name, place));
    }
    for (Entry<String, Value> field : object.fields.entrySet()) {
      check(field.getValue(), place + "." + field.getKey(), found);
    }
  }

  /// Lists and maps between have no name.
  private static void check(Value value, String place, StringBuilder found) {
    switch (value) {
      case Value.Extension(AppliedObject object) -> check(object, place, found);
      case Value.ListValue(var items) -> items.forEach(item -> check(item, place, found));
      case Value.MapValue(var entries) ->
          entries.values().forEach(entry -> check(entry, place, found));
      case Value.Text _,
          Value.Bytes _,
          Value.Numeric _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ -> {}
    }
  }
}
