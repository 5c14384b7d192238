package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rules of lists by their type: items of sets differ from one another; items of maps differ in their keys.
final class ListTypes {
  private final List<FieldError> found = new ArrayList<>(0);

  private ListTypes() {}

  static List<FieldError> check(SchemaNode node, Json value) {
    ListTypes check = new ListTypes();
    check.value(node, value, FieldPath.ROOT);
    return check.found;
  }

  private void value(SchemaNode node, Json value, FieldPath path) {
    switch (value) {
      case JsonArray list -> list(node, list, path);
      case JsonObject object -> {
        for (JsonObject.Field field : object) {
          Field declared = node.field(field.name());
          if (declared != null) {
            value(declared.node(), field.value(), path.child(field.name()));
          } else if (node.hasItems()) {
            value(node.items(), field.value(), path.key(field.name()));
          }
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void list(SchemaNode node, JsonArray list, FieldPath path) {
    switch (node.ownership().listType()) {
      case SET -> repeated(list, path);
      case MAP -> map(list, node.ownership().mapKeys(), path);
      case ATOMIC, UNSPECIFIED -> {}
    }
    if (node.hasItems()) {
      for (int i = 0; i < list.size(); i++) {
        value(node.items(), list.at(i), path.index(i));
      }
    }
  }

  private void map(JsonArray list, List<String> names, FieldPath path) {
    JsonArray keys = new JsonArray();
    for (int i = 0; i < list.size(); i++) {
      Json item = list.at(i);
      if (!(item instanceof JsonObject) && !(item instanceof Json.Null)) {
        found.add(
            FieldError.invalid(
                path.index(i), item, "must be an object for an array of list-type map"));
        return;
      }
      keys.add(keyOf(item, names));
    }
    repeated(keys, path);
  }

  /// Tells of the second appearance of each item, and of no later one.
  private void repeated(JsonArray identities, FieldPath path) {
    Map<Json, Integer> seen = new HashMap<>();
    for (int i = 0; i < identities.size(); i++) {
      if (seen.merge(identities.at(i), 1, Integer::sum) == 2) {
        found.add(FieldError.duplicate(path.index(i), identities.at(i)));
      }
    }
  }

  static Json keyOf(Json item, List<String> names) {
    JsonObject key = new JsonObject();
    for (String name : names.stream().sorted().toList()) {
      Json value = item instanceof JsonObject object ? object.get(name) : null;
      if (value != null) {
        key.set(name, value);
      }
    }
    return key;
  }
}
