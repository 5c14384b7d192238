package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;

/// The filler of custom resources with the defaults of their own schema: on what comes in and on what was stored before
/// the schema had them. A null where the schema allows none and has a default counts as absent, elsewhere it stays.
public final class PublishedDefaults {
  private PublishedDefaults() {}

  public static void apply(SchemaNode node, Json value) {
    switch (value) {
      case JsonObject object -> applyToObject(node, object);
      case JsonArray list -> {
        SchemaNode items = node.itemsOfList();
        for (int i = 0; items != null && i < list.size(); i++) {
          list.set(i, settled(items, list.at(i)));
          apply(items, list.at(i));
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void applyToObject(SchemaNode node, JsonObject object) {
    for (Field field : node.fields()) {
      Json given = object.get(field.name());
      Json published = field.defaultValue();
      boolean missing =
          given == null || (given instanceof Json.Null && !field.node().rules().nullable());
      if (missing && published != null) {
        object.set(field.name(), published.copy());
      }
    }
    SchemaNode values = node.valuesOfObject();
    for (int i = 0; i < object.size(); i++) {
      Field field = node.field(object.nameAt(i));
      if (field != null) {
        apply(field.node(), object.valueAt(i));
      } else if (values != null) {
        object.set(object.nameAt(i), settled(values, object.valueAt(i)));
        apply(values, object.valueAt(i));
      }
    }
  }

  private static Json settled(SchemaNode node, Json value) {
    Json other = node.rules().inPlaceOfNull();
    return value instanceof Json.Null && other != null ? other.copy() : value;
  }
}
