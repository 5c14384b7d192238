package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writer of what a value must satisfy beside its kind.
///
/// V2 has no words for alternatives and nullable values.
record RuleText(SchemaText nodes, OpenApiVersion dialect) {
  void write(JsonObject text, ValueRules rules) {
    if (!rules.format().isEmpty()) {
      text.set("format", rules.format());
    }
    if (rules.nullable() && dialect == OpenApiVersion.V3) {
      text.set("nullable", Json.of(true));
    }
    enumeration(text, rules.enumeration());
    number(text, rules.number());
    bounds(text, rules.text().length(), "minLength", "maxLength");
    setText(text, "pattern", rules.text().pattern());
    bounds(text, rules.parts().items(), "minItems", "maxItems");
    bounds(text, rules.parts().properties(), "minProperties", "maxProperties");
    if (rules.parts().uniqueItems()) {
      text.set("uniqueItems", Json.of(true));
    }
    if (dialect == OpenApiVersion.V3) {
      combined(text, rules.combined());
    }
    extensions(text, rules.extensions());
  }

  private static void enumeration(JsonObject text, List<Json> values) {
    if (!values.isEmpty()) {
      JsonArray array = new JsonArray();
      values.forEach(array::add);
      text.set("enum", array);
    }
  }

  private static void number(JsonObject text, ValueRules.NumberRules rules) {
    setNumber(text, "minimum", rules.minimum());
    if (rules.minimumExcluded()) {
      text.set("exclusiveMinimum", Json.of(true));
    }
    setNumber(text, "maximum", rules.maximum());
    if (rules.maximumExcluded()) {
      text.set("exclusiveMaximum", Json.of(true));
    }
    setNumber(text, "multipleOf", rules.multipleOf());
  }

  private static void bounds(JsonObject text, ValueRules.Bounds bounds, String least, String most) {
    if (bounds.atLeast() != null) {
      text.set(least, Json.of(bounds.atLeast()));
    }
    if (bounds.atMost() != null) {
      text.set(most, Json.of(bounds.atMost()));
    }
  }

  private void combined(JsonObject text, ValueRules.Combined combined) {
    all(text, "allOf", combined.allOf());
    all(text, "anyOf", combined.anyOf());
    all(text, "oneOf", combined.oneOf());
    SchemaNode not = combined.not();
    if (not != null) {
      text.set("not", nodes.definition(not));
    }
  }

  private void all(JsonObject text, String name, List<SchemaNode> parts) {
    if (!parts.isEmpty()) {
      JsonArray array = new JsonArray();
      parts.forEach(part -> array.add(nodes.definition(part)));
      text.set(name, array);
    }
  }

  private static void extensions(JsonObject text, ValueRules.Extensions extensions) {
    if (extensions.preserveUnknownFields()) {
      text.set("x-kubernetes-preserve-unknown-fields", Json.of(true));
    }
    if (extensions.embeddedResource()) {
      text.set("x-kubernetes-embedded-resource", Json.of(true));
    }
    if (!extensions.validations().isEmpty()) {
      JsonArray array = new JsonArray();
      extensions.validations().forEach(array::add);
      text.set("x-kubernetes-validations", array);
    }
  }

  private static void setNumber(JsonObject text, String name, @Nullable Double value) {
    if (value != null) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
      text.set(name, whole ? Json.of(value.longValue()) : new Json.Decimal(value));
    }
  }

  private static void setText(JsonObject text, String name, @Nullable String value) {
    if (value != null) {
      text.set(name, value);
    }
  }
}
