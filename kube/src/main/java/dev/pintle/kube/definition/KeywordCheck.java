package dev.pintle.kube.definition;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of OpenAPI and of `x-kubernetes-*` that a schema uses: some are not for definitions at all, others only in
/// certain places.
final class KeywordCheck {
  private static final Set<String> META_FIELDS = Set.of("metadata", "kind", "apiVersion");
  private static final List<String> UNSUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
  private static final List<String> LISTED = List.of("allOf", "oneOf", "anyOf");

  private final DefinitionErrors found = new DefinitionErrors();
  private final DefinitionErrors ofRules = new DefinitionErrors();

  /// The state of a place because of what is above it.
  ///
  /// @param noDefaults why defaults are forbidden, null when they are not
  /// @param inMeta below kind, apiVersion or metadata of an object
  /// @param uncorrelated the highest list or map above whose parts cannot be told apart from one version of the object to the
  ///   next
  /// @param rules what expressions are about, null where they are not looked at
  private record Around(
      boolean root,
      @Nullable String noDefaults,
      boolean inMeta,
      @Nullable FieldPath uncorrelated,
      @Nullable RuleContext rules) {
    Around below(@Nullable RuleContext inner) {
      return new Around(false, noDefaults, inMeta, uncorrelated, inner);
    }

    Around withoutDefaults(String why) {
      return new Around(root, why, inMeta, uncorrelated, rules);
    }

    Around inMetadata() {
      return new Around(root, noDefaults, true, uncorrelated, rules);
    }

    Around within(FieldPath list) {
      return new Around(
          root, noDefaults, inMeta, uncorrelated == null ? list : uncorrelated, rules);
    }
  }

  /// What is wrong: first with the words, then with the expressions.
  ///
  /// @param rules what expressions are about, null when the structure is not right, so that they cannot be looked at
  static DefinitionErrors check(
      JsonSchemaProps schema, FieldPath path, @Nullable RuleContext rules) {
    KeywordCheck check = new KeywordCheck();
    check.schema(schema, path, new Around(true, null, false, null, rules));
    check.found.addAll(check.ofRules.errors());
    return check.found;
  }

  private void schema(JsonSchemaProps schema, FieldPath path, Around around) {
    int before = found.size();
    words(schema, path, around);
    if (schema.isTrue("uniqueItems")) {
      found.forbidden(
          path.child("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    additional(schema, path, around);
    schema
        .properties()
        .forEach((name, property) ->
            schema(
                property,
                path.child("properties").key(name),
                aroundProperty(schema, name, path, around)));
    JsonSchemaProps not = schema.not();
    if (not != null) {
      schema(not, path.child("not"), around.below(null));
    }
    for (String word : LISTED) {
      List<JsonSchemaProps> parts = schema.list(word);
      for (int i = 0; i < parts.size(); i++) {
        schema(parts.get(i), path.child(word).index(i), around.below(null));
      }
    }
    JsonSchemaProps items = schema.items();
    if (items != null) {
      RuleContext rules = around.rules();
      Around inside = around.below(rules == null ? null : rules.items(schema));
      boolean map = schema.listType().equals("map");
      schema(items, path.child("items"), map ? inside : inside.within(path));
    }
    if (schema.isFalse("x-kubernetes-preserve-unknown-fields")) {
      found.invalid(
          path.child("x-kubernetes-preserve-unknown-fields"),
          Json.of(false),
          "must be true or undefined");
    }
    new ListTypeCheck(schema, path, found).check();
    new ValidationRulesCheck(schema, path, found).check();
    if (around.rules() != null && found.size() == before) {
      new ValidationRulesCheck(schema, path, ofRules)
          .compile(around.rules(), around.uncorrelated());
    }
  }

  private static Around aroundProperty(
      JsonSchemaProps schema, String name, FieldPath path, Around around) {
    RuleContext rules = around.rules();
    Around below = around.below(rules == null ? null : rules.property(schema, name));
    Around inside = ListTypeCheck.isMapTypeWrong(schema) ? below.within(path) : below;
    if (!META_FIELDS.contains(name) || !(around.root() || schema.isEmbedded())) {
      return inside;
    }
    Around inMeta = inside.inMetadata();
    return around.root() ? inMeta.withoutDefaults("in top-level " + name) : inMeta;
  }

  private void additional(JsonSchemaProps schema, FieldPath path, Around around) {
    JsonSchemaProps additional = schema.additional();
    boolean forbidden = additional != null || schema.isFalse("additionalProperties");
    if (!schema.properties().isEmpty() && forbidden) {
      found.forbidden(
          path.child("additionalProperties"),
          "additionalProperties and properties are mutual exclusive");
    }
    if (additional != null) {
      RuleContext rules = around.rules();
      Around inside = around.below(rules == null ? null : rules.additional(schema));
      schema(
          additional,
          path.child("additionalProperties"),
          around.inMeta()
              ? inside.withoutDefaults("inside additionalProperties applying to object metadata")
              : inside);
    }
  }

  private void words(JsonSchemaProps schema, FieldPath path, Around around) {
    String type = schema.type();
    if (!type.isEmpty() && !SchemaReader.TYPES.contains(type)) {
      found.notSupported(path.child("type"), type, SchemaReader.TYPES);
    }
    if (schema.hasDefault() && around.noDefaults() != null) {
      found.forbidden(path.child("default"), "must not be set " + around.noDefaults());
    }
    for (String word : UNSUPPORTED) {
      if (schema.has(word) || (word.equals("additionalItems") && schema.isFalse(word))) {
        found.forbidden(path.child(word), word + " is not supported");
      }
    }
    if (type.equals("null")) {
      found.forbidden(
          path.child("type"), "type cannot be set to null, use nullable as an alternative");
    }
    if (schema.json().get("items") instanceof JsonArray list && !list.isEmpty()) {
      found.forbidden(path.child("items"), "items must be a schema object and not an array");
    }
    if (around.inMeta() && schema.isEmbedded()) {
      found.forbidden(
          path.child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
    }
  }
}
