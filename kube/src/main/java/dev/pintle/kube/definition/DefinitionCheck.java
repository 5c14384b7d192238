package dev.pintle.kube.definition;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The check of a definition that is about to be written.
public final class DefinitionCheck {
  private static final FieldPath STORED = FieldPath.of("status.storedVersions");
  private static final FieldPath ACCEPTED_NAMES = FieldPath.of("status.acceptedNames");
  private static final String IMMUTABLE = "field is immutable";

  private DefinitionCheck() {}

  /// @param type of definitions
  /// @param warnings told of what is accepted but has no effect
  public static List<FieldError> onCreate(
      ResourceType type, JsonObject definition, Consumer<String> warnings) {
    DefinitionErrors found = new DefinitionErrors();
    DefinitionSpec spec = DefinitionSpec.of(definition);
    name(definition, spec, found);
    new SpecCheck(type, spec, Map.of(), Set.of(), found).check();
    storedVersions(definition, spec, found);
    ApprovalCheck.check(definition, null, spec.group(), found);
    preserving(spec, null, found);
    if (found.isEmpty()) {
      Warnings.of(spec, null).forEach(warnings);
    }
    return found.errors();
  }

  public static List<FieldError> onUpdate(
      ResourceType type, JsonObject definition, JsonObject old, Consumer<String> warnings) {
    DefinitionErrors found = new DefinitionErrors();
    DefinitionSpec spec = DefinitionSpec.of(definition);
    DefinitionSpec oldSpec = DefinitionSpec.of(old);
    new SpecCheck(type, spec, selectable(oldSpec), unchanged(spec, oldSpec), found).check();
    immutable(spec, oldSpec, isEstablished(old), found);
    storedVersions(definition, spec, found);
    ApprovalCheck.check(definition, old, spec.group(), found);
    preserving(spec, oldSpec, found);
    if (found.isEmpty()) {
      Warnings.of(spec, oldSpec).forEach(warnings);
    }
    return found.errors();
  }

  /// What is wrong with the status that is reported of a definition.
  public static List<FieldError> onStatusUpdate(JsonObject definition) {
    DefinitionErrors found = new DefinitionErrors();
    JsonObject names = definition.objectOrEmpty("status").objectOrEmpty("acceptedNames");
    new NamesCheck(new JsonSchemaProps(names), ACCEPTED_NAMES, found).checkGiven();
    return found.errors();
  }

  private static void name(JsonObject definition, DefinitionSpec spec, DefinitionErrors found) {
    JsonObject metadata = definition.objectOrEmpty("metadata");
    String wanted = spec.names().text("plural") + "." + spec.group();
    for (String field : List.of("generateName", "name")) {
      String given = metadata.textOrEmpty(field);
      String name = field.equals("name") ? given : Formats.beginning(given);
      if (!given.isEmpty()) {
        FieldPath path = FieldPath.of("metadata").child(field);
        Formats.dns1123Subdomain(name).forEach(complaint -> found.invalid(path, given, complaint));
        if (!name.equals(wanted)) {
          found.invalid(path, given, "must be spec.names.plural+\".\"+spec.group");
        }
      }
    }
  }

  /// The selectable fields that each version had.
  private static Map<String, Json> selectable(DefinitionSpec old) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (JsonSchemaProps version : old.versions()) {
      if (version.json().get("selectableFields") instanceof Json value) {
        fields.put(version.text("name"), value);
      }
    }
    return fields;
  }

  /// The versions that have the schema that they had.
  private static Set<String> unchanged(DefinitionSpec spec, DefinitionSpec old) {
    Set<String> unchanged = new HashSet<>();
    for (JsonSchemaProps version : spec.versions()) {
      for (JsonSchemaProps before : old.versions()) {
        if (before.text("name").equals(version.text("name"))
            && Objects.equals(schema(before), schema(version))) {
          unchanged.add(version.text("name"));
        }
      }
    }
    return unchanged;
  }

  private static @Nullable JsonSchemaProps schema(JsonSchemaProps version) {
    return DefinitionSpec.schemaIn(version.json().get("schema"));
  }

  private static boolean isEstablished(JsonObject definition) {
    JsonObject status = definition.object("status");
    return status != null
        && new JsonSchemaProps(status)
            .list("conditions").stream()
                .anyMatch(condition ->
                    condition.text("type").equals("Established")
                        && condition.text("status").equals("True"));
  }

  private static void immutable(
      DefinitionSpec spec, DefinitionSpec old, boolean established, DefinitionErrors found) {
    if (established) {
      same(spec.props(), old.props(), "scope", DefinitionSpec.PATH, found);
      same(spec.names(), old.names(), "kind", DefinitionSpec.PATH.child("names"), found);
    }
    same(spec.props(), old.props(), "group", DefinitionSpec.PATH, found);
    same(spec.names(), old.names(), "plural", DefinitionSpec.PATH.child("names"), found);
  }

  private static void same(
      JsonSchemaProps now,
      JsonSchemaProps old,
      String field,
      FieldPath path,
      DefinitionErrors found) {
    if (!now.text(field).equals(old.text(field))) {
      found.invalid(path.child(field), now.text(field), IMMUTABLE);
    }
  }

  /// Objects may still be stored in every version that ever was the one to store them in.
  private static void storedVersions(
      JsonObject definition, DefinitionSpec spec, DefinitionErrors found) {
    JsonObject status = definition.object("status");
    JsonArray list = status == null ? null : status.array("storedVersions");
    if (list == null || list.isEmpty()) {
      found.invalid(STORED, Json.NULL, "must have at least one stored version");
      return;
    }
    Map<String, Integer> left = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      left.put(list.at(i) instanceof Json.Text(String text) ? text : "", i);
    }
    for (JsonSchemaProps version : spec.versions()) {
      boolean stored = left.remove(version.text("name")) != null;
      if (version.isTrue("storage") && !stored) {
        found.invalid(STORED, list, "must have the storage version " + version.text("name"));
      }
    }
    left.forEach((name, index) ->
        found.invalid(
            STORED.index(index),
            name,
            ("missing from spec.versions; %1$s was previously a storage version, and must remain in spec.versions until a"
                    + " storage migration ensures no data remains persisted in %1$s and removes %1$s from"
                    + " status.storedVersions")
                .formatted(name)));
  }

  private static void preserving(
      DefinitionSpec spec, @Nullable DefinitionSpec old, DefinitionErrors found) {
    boolean before = old != null && old.props().isTrue("preserveUnknownFields");
    if (!before && spec.props().isTrue("preserveUnknownFields")) {
      found.invalid(
          DefinitionSpec.PATH.child("preserveUnknownFields"),
          Objects.requireNonNull(spec.props().json().get("preserveUnknownFields")),
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
    }
  }
}
