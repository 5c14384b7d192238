package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of OpenAPI and of `x-kubernetes-*` that a schema uses: some are not for definitions at all, others only in
/// certain places.
final class WordsCheck {
  private static final Set<String> META_FIELDS = Set.of("metadata", "kind", "apiVersion");
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final List<String> UNSUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
  private static final List<String> LISTED = List.of("allOf", "oneOf", "anyOf");

  private final Findings found;
  private final boolean sound;

  /// @param sound whether the structure of the whole is right, so that expressions can be looked at
  WordsCheck(Findings found, boolean sound) {
    this.found = found;
    this.sound = sound;
  }

  /// What holds at a place because of what is above it.
  ///
  /// @param noDefaults why defaults are forbidden, null when they are not
  /// @param inMeta below kind, apiVersion or metadata of an object
  /// @param uncorrelated the highest list above whose items cannot be told apart from one version of the object to the next
  private record Around(
      boolean root, @Nullable String noDefaults, boolean inMeta, @Nullable FieldPath uncorrelated) {
    Around below() {
      return new Around(false, noDefaults, inMeta, uncorrelated);
    }

    Around withoutDefaults(String why) {
      return new Around(root, why, inMeta, uncorrelated);
    }

    Around inMetadata() {
      return new Around(root, noDefaults, true, uncorrelated);
    }

    Around within(FieldPath list) {
      return new Around(false, noDefaults, inMeta, uncorrelated == null ? list : uncorrelated);
    }
  }

  void check(Props schema, FieldPath path) {
    schema(schema, path, new Around(true, null, false, null));
  }

  private void schema(Props schema, FieldPath path, Around around) {
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
                aroundProperty(schema, name, around)));
    Props not = schema.not();
    if (not != null) {
      schema(not, path.child("not"), around.below());
    }
    for (String word : LISTED) {
      List<Props> parts = schema.list(word);
      for (int i = 0; i < parts.size(); i++) {
        schema(parts.get(i), path.child(word).index(i), around.below());
      }
    }
    Props items = schema.items();
    if (items != null) {
      boolean map = schema.listType().equals("map");
      schema(items, path.child("items"), map ? around.below() : around.within(path));
    }
    if (schema.isFalse("x-kubernetes-preserve-unknown-fields")) {
      found.invalid(
          path.child("x-kubernetes-preserve-unknown-fields"),
          Json.of(false),
          "must be true or undefined");
    }
    new ListWords(schema, path, found).check();
    RuleWords rules = new RuleWords(schema, path, found);
    rules.check();
    if (sound && found.isEmpty()) {
      rules.compile(around.root(), around.uncorrelated());
    }
  }

  private static Around aroundProperty(Props schema, String name, Around around) {
    if (!META_FIELDS.contains(name) || !(around.root() || schema.isEmbedded())) {
      return around.below();
    }
    Around inside = around.inMetadata();
    return (around.root() ? inside.withoutDefaults("in top-level " + name) : inside).below();
  }

  private void additional(Props schema, FieldPath path, Around around) {
    Props additional = schema.additional();
    boolean forbidden = additional != null || schema.isFalse("additionalProperties");
    if (!schema.properties().isEmpty() && forbidden) {
      found.forbidden(
          path.child("additionalProperties"),
          "additionalProperties and properties are mutual exclusive");
    }
    if (additional != null) {
      Around inside = around.below();
      schema(
          additional,
          path.child("additionalProperties"),
          around.inMeta()
              ? inside.withoutDefaults("inside additionalProperties applying to object metadata")
              : inside);
    }
  }

  private void words(Props schema, FieldPath path, Around around) {
    String type = schema.type();
    if (!type.isEmpty() && !TYPES.contains(type)) {
      found.notSupported(path.child("type"), type, TYPES);
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
