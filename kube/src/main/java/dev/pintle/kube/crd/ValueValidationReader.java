package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueRules;
import dev.pintle.kube.schema.ValueRules.Bounds;
import dev.pintle.kube.schema.ValueRules.Combined;
import dev.pintle.kube.schema.ValueRules.Extensions;
import dev.pintle.kube.schema.ValueRules.NumberRules;
import dev.pintle.kube.schema.ValueRules.PartRules;
import dev.pintle.kube.schema.ValueRules.TextRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reader of a schema's value validations: bounds, patterns, enums and the like.
final class ValueValidationReader {
  private ValueValidationReader() {}

  static ValueRules read(JsonObject schema) {
    return new ValueRules(
        schema.textOrEmpty("format"),
        schema.isTrue("nullable"),
        values(schema.array("enum")),
        number(schema),
        new TextRules(bounds(schema, "minLength", "maxLength"), schema.text("pattern")),
        new PartRules(
            bounds(schema, "minItems", "maxItems"),
            schema.isTrue("uniqueItems"),
            bounds(schema, "minProperties", "maxProperties"),
            new LinkedHashSet<>(SchemaReader.texts(schema.array("required")))),
        new Combined(
            nodes(schema.array("allOf")),
            nodes(schema.array("anyOf")),
            nodes(schema.array("oneOf")),
            node(schema.object("not"))),
        new Extensions(
            schema.isTrue("x-kubernetes-preserve-unknown-fields"),
            schema.isTrue("x-kubernetes-embedded-resource"),
            values(schema.array("x-kubernetes-validations")),
            SchemaReader.hasKnownType(schema) ? "" : schema.textOrEmpty("type")),
        schema.isTrue("nullable") ? null : schema.get("default"));
  }

  private static NumberRules number(JsonObject schema) {
    return new NumberRules(
        decimal(schema, "minimum"),
        schema.isTrue("exclusiveMinimum"),
        decimal(schema, "maximum"),
        schema.isTrue("exclusiveMaximum"),
        decimal(schema, "multipleOf"));
  }

  private static @Nullable Double decimal(JsonObject schema, String word) {
    return switch (schema.get(word)) {
      case Json.Whole(long whole) -> (double) whole;
      case Json.Decimal(double value, _) -> value;
      case null -> null;
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> null;
    };
  }

  private static Bounds bounds(JsonObject schema, String least, String most) {
    return new Bounds(whole(schema, least), whole(schema, most));
  }

  private static @Nullable Long whole(JsonObject schema, String word) {
    return schema.get(word) instanceof Json.Whole(long value) ? value : null;
  }

  private static List<Json> values(@Nullable JsonArray list) {
    List<Json> values = new ArrayList<>();
    if (list != null) {
      list.forEach(values::add);
    }
    return values;
  }

  private static List<SchemaNode> nodes(@Nullable JsonArray list) {
    List<SchemaNode> nodes = new ArrayList<>();
    if (list != null) {
      for (Json item : list) {
        if (item instanceof JsonObject schema) {
          nodes.add(SchemaReader.read(schema));
        }
      }
    }
    return nodes;
  }

  private static @Nullable SchemaNode node(@Nullable JsonObject schema) {
    return schema == null ? null : SchemaReader.read(schema);
  }
}
