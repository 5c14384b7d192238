package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Set;

/// The finder of fields that a schema would drop.
final class UnknownFields {
  private static final Set<String> OF_RESOURCES = Set.of("apiVersion", "kind", "metadata");

  private UnknownFields() {}

  static boolean isAnyIn(SchemaNode node, Json value) {
    return isAnyIn(node, value, false);
  }

  /// @param whole whether the value is a whole object of the API, whatever its schema says
  static boolean isAnyIn(SchemaNode node, boolean whole, Json value) {
    if (!whole || !(value instanceof JsonObject object)) {
      return isAnyIn(node, value);
    }
    JsonObject rest = new JsonObject();
    for (JsonObject.Field field : object) {
      if (!OF_RESOURCES.contains(field.name())) {
        rest.set(field.name(), field.value());
      }
    }
    return isAnyIn(node, rest);
  }

  /// @param kept whether the value is an item of a list whose unknown parts stay
  private static boolean isAnyIn(SchemaNode node, Json value, boolean kept) {
    boolean keeps = kept || node.preservesUnknownFields();
    return switch (value) {
      case JsonObject object -> {
        boolean unknown = false;
        for (JsonObject.Field field : object) {
          unknown |= isAnyIn(node, field, keeps);
        }
        yield unknown;
      }
      case JsonArray list -> {
        boolean unknown = false;
        SchemaNode said = node.itemsOfList();
        SchemaNode items = said == null ? SchemaNode.OPEN : said;
        for (int i = 0; (said != null || !keeps) && i < list.size(); i++) {
          unknown |= isAnyIn(items, list.at(i), keeps);
        }
        yield unknown;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> false;
    };
  }

  private static boolean isAnyIn(SchemaNode node, JsonObject.Field field, boolean keeps) {
    boolean resource = node.rules().extensions().embeddedResource();
    if (resource && OF_RESOURCES.contains(field.name())) {
      return false;
    }
    Field declared = node.field(field.name());
    if (declared != null) {
      return isAnyIn(declared.node(), field.value());
    }
    SchemaNode values = node.valuesOfObject();
    return values == null ? !keeps : isAnyIn(values, field.value());
  }
}
