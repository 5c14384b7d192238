package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldPath;
import java.util.function.BiConsumer;

/// The whole objects of the API that a value holds.
final class EmbeddedResources {
  private final BiConsumer<? super JsonObject, ? super FieldPath> taker;

  private EmbeddedResources(BiConsumer<? super JsonObject, ? super FieldPath> taker) {
    this.taker = taker;
  }

  /// @param whole whether the value itself is one
  /// @param taker of each, outer ones first, which may change it
  static void forEach(
      SchemaNode node,
      boolean whole,
      Json value,
      FieldPath path,
      BiConsumer<? super JsonObject, ? super FieldPath> taker) {
    new EmbeddedResources(taker).value(node, whole, value, path);
  }

  static boolean isOne(SchemaNode node) {
    return node.rules().extensions().embeddedResource();
  }

  private void part(SchemaNode node, Json value, FieldPath path) {
    value(node, isOne(node), value, path);
  }

  private void value(SchemaNode node, boolean whole, Json value, FieldPath path) {
    switch (value) {
      case JsonObject object -> {
        if (whole) {
          taker.accept(object, path);
        }
        SchemaNode values = node.valuesOfObject();
        for (JsonObject.Field field : object) {
          Field declared = node.field(field.name());
          if (declared != null) {
            part(declared.node(), field.value(), path.child(field.name()));
          } else if (values != null) {
            part(values, field.value(), path.key(field.name()));
          }
        }
      }
      case JsonArray list -> {
        SchemaNode items = node.itemsOfList();
        for (int i = 0; items != null && i < list.size(); i++) {
          part(items, list.at(i), path.index(i));
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
