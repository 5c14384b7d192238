package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The check of `x-kubernetes-list-type`, `-list-map-keys` and `-map-type`.
final class ListTypeCheck {
  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String MAP_TYPE = "x-kubernetes-map-type";
  private static final String MAP_KEYS = "x-kubernetes-list-map-keys";

  private final JsonSchemaProps schema;
  private final FieldPath path;
  private final DefinitionErrors found;

  ListTypeCheck(JsonSchemaProps schema, FieldPath path, DefinitionErrors found) {
    this.schema = schema;
    this.path = path;
    this.found = found;
  }

  /// Whether there is no such type of maps: nothing below is taken for the same as before then.
  static boolean isMapTypeWrong(JsonSchemaProps schema) {
    return schema.json().has(MAP_TYPE)
        && !List.of("atomic", "granular").contains(schema.text(MAP_TYPE));
  }

  void check() {
    boolean mapType = schema.json().has(MAP_TYPE);
    if (mapType && !schema.type().equals("object")) {
      wrongType("must be object if x-kubernetes-map-type is specified");
    }
    String map = schema.text(MAP_TYPE);
    if (isMapTypeWrong(schema)) {
      found.notSupported(path.child(MAP_TYPE), map, List.of("atomic", "granular"));
    }
    boolean listType = schema.json().has(LIST_TYPE);
    if (listType && !schema.type().equals("array")) {
      wrongType("must be array if x-kubernetes-list-type is specified");
    } else if (schema.listType().equals("set")) {
      setItems();
    }
    List<String> known = List.of("atomic", "set", "map");
    if (listType && !known.contains(schema.listType())) {
      found.notSupported(path.child(LIST_TYPE), schema.listType(), known);
    }
    keysWithoutMap(listType);
    if (schema.listType().equals("map")) {
      map();
    }
    identities();
  }

  private void wrongType(String rule) {
    if (schema.type().isEmpty()) {
      found.required(path.child("type"), rule);
    } else {
      found.invalid(path.child("type"), schema.type(), rule);
    }
  }

  private void setItems() {
    JsonSchemaProps items = schema.items();
    if (items == null) {
      return;
    }
    String rule = "must be atomic as item of a list with x-kubernetes-list-type=set";
    Json listType = items.json().get(LIST_TYPE);
    Json shown = listType == null ? Json.NULL : listType;
    if (items.type().equals("array") && listType != null && !items.listType().equals("atomic")) {
      found.invalid(path.child("items").child(LIST_TYPE), shown, rule);
    }
    if (items.type().equals("object") && !items.text(MAP_TYPE).equals("atomic")) {
      // Upstream shows the list type here too.
      found.invalid(path.child("items").child(MAP_TYPE), shown, rule);
    }
  }

  private void keysWithoutMap(boolean listType) {
    if (schema.texts(MAP_KEYS).isEmpty()) {
      return;
    }
    String rule = "must be map if x-kubernetes-list-map-keys is non-empty";
    if (!listType) {
      found.required(path.child(LIST_TYPE), rule);
    } else if (!schema.listType().equals("map")) {
      found.invalid(path.child(LIST_TYPE), schema.listType(), rule);
    }
  }

  private void map() {
    if (schema.texts(MAP_KEYS).isEmpty()) {
      found.required(path.child(MAP_KEYS), "must not be empty if x-kubernetes-list-type is map");
    }
    Json given = schema.json().get("items");
    JsonSchemaProps items = schema.items();
    if (given == null || given instanceof Json.Null) {
      found.required(path.child("items"), "must have a schema if x-kubernetes-list-type is map");
    } else if (items == null) {
      found.invalid(
          path.child("items"),
          InternalForm.items(given),
          "must only have a single schema if x-kubernetes-list-type is map");
    } else if (!items.type().equals("object")) {
      found.invalid(
          path.child("items").child("type"),
          items.type(),
          "must be object if parent array's x-kubernetes-list-type is map");
    } else {
      keys(items);
    }
  }

  private void keys(JsonSchemaProps items) {
    Map<String, JsonSchemaProps> properties = items.properties();
    Json shown = schema.json().get(MAP_KEYS) instanceof Json keys ? keys : Json.NULL;
    Set<String> seen = new HashSet<>();
    for (String key : schema.texts(MAP_KEYS)) {
      JsonSchemaProps property = properties.get(key);
      if (property == null) {
        found.invalid(path.child(MAP_KEYS), shown, "entries must all be names of item properties");
      } else if (List.of("array", "object").contains(property.type())) {
        found.invalid(
            path.child("items").child("properties").key(key).child("type"),
            items.type(),
            "must be a scalar type if parent array's x-kubernetes-list-type is map");
      }
      if (!seen.add(key)) {
        found.invalid(path.child(MAP_KEYS), shown, "must not contain duplicate entries");
      }
    }
  }

  /// What tells items apart is there in each of them.
  private void identities() {
    JsonSchemaProps items = schema.items();
    String type = schema.listType();
    if (items == null || !(type.equals("set") || type.equals("map"))) {
      return;
    }
    FieldPath place = path.child("items");
    if (items.isTrue("nullable")) {
      found.forbidden(
          place.child("nullable"), "cannot be nullable when x-kubernetes-list-type is " + type);
    }
    List<String> required = items.texts("required");
    for (String key : type.equals("map") ? schema.texts(MAP_KEYS) : List.<String>of()) {
      JsonSchemaProps property = items.properties().get(key);
      if (property == null) {
        continue;
      }
      FieldPath at = place.child("properties").key(key);
      if (!required.contains(key) && !property.hasDefault()) {
        found.required(
            at.child("default"),
            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
      }
      if (property.isTrue("nullable")) {
        found.forbidden(
            at.child("nullable"),
            "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
      }
    }
  }
}
