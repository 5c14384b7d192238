package dev.pintle.kube.crd;

import dev.pintle.kube.instance.CustomResourceCheck;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a definition must say before anything can be served of it.
public final class DefinitionCheck {
  private static final List<String> SCOPES = List.of("Cluster", "Namespaced");
  private static final List<String> NAMES = List.of("plural", "singular", "kind", "listKind");
  private static final String RULES = "x-kubernetes-validations";

  private DefinitionCheck() {}

  /// Makes a new definition one whose objects are deleted before it goes.
  public static void prepare(JsonObject definition) {
    JsonObject metadata = definition.objectAt("metadata");
    JsonArray given = metadata.array("finalizers");
    JsonArray finalizers = given == null ? new JsonArray() : given;
    for (Json finalizer : finalizers) {
      if (finalizer.equals(Json.of(Definitions.CLEANUP_FINALIZER))) {
        return;
      }
    }
    finalizers.add(Json.of(Definitions.CLEANUP_FINALIZER));
    metadata.set("finalizers", finalizers);
  }

  /// @param warnings told of what is kept but has no effect
  public static List<FieldError> of(JsonObject object, Consumer<String> warnings) {
    Definition definition = new Definition(object);
    List<FieldError> found = new ArrayList<>();
    name(definition, found);
    FieldPath spec = FieldPath.of("spec");
    if (definition.group().isEmpty()) {
      found.add(FieldError.required(spec.child("group"), ""));
    }
    scope(object, spec, found);
    versions(definition, spec, found);
    for (String name : NAMES) {
      if (Definition.textOrEmpty(definition.names(), name).isEmpty()) {
        found.add(FieldError.required(spec.child("names").child(name), ""));
      }
    }
    if (hasRules(object)) {
      warnings.accept(RULES + " are kept, but this server does not evaluate them");
    }
    return found;
  }

  private static void name(Definition definition, List<FieldError> found) {
    String wanted = Definition.textOrEmpty(definition.names(), "plural") + "." + definition.group();
    if (!definition.name().equals(wanted)) {
      found.add(
          FieldError.invalid(
              FieldPath.of("metadata.name"),
              Json.of(definition.name()),
              "must be spec.names.plural+\".\"+spec.group"));
    }
  }

  private static void scope(JsonObject object, FieldPath spec, List<FieldError> found) {
    JsonObject fields = object.object("spec");
    String scope = fields == null ? "" : Definition.textOrEmpty(fields, "scope");
    if (scope.isEmpty()) {
      found.add(FieldError.required(spec.child("scope"), ""));
    } else if (!SCOPES.contains(scope)) {
      found.add(FieldError.notSupported(spec.child("scope"), Json.of(scope), SCOPES));
    }
  }

  private static void versions(Definition definition, FieldPath spec, List<FieldError> found) {
    List<Definition.Version> versions = definition.versions();
    if (versions.stream().filter(Definition.Version::storage).count() != 1) {
      found.add(
          FieldError.invalid(
              spec.child("versions"),
              versions.isEmpty() ? Json.NULL : Json.of(versions.size()),
              "must have exactly one version marked as storage version"));
    }
    for (int i = 0; i < versions.size(); i++) {
      schema(versions.get(i), spec.child("versions").index(i), found);
    }
  }

  private static void schema(Definition.Version version, FieldPath path, List<FieldError> found) {
    JsonObject schema = version.schema();
    FieldPath place = path.child("schema").child("openAPIV3Schema");
    if (schema == null) {
      found.add(FieldError.required(place, ""));
      return;
    }
    String type = Definition.textOrEmpty(schema, "type");
    if (!type.equals("object")) {
      found.add(
          type.isEmpty()
              ? FieldError.required(place.child("type"), "must not be empty at the root")
              : FieldError.invalid(
                  place.child("type"), Json.of(type), "must be object at the root"));
    }
    defaults(schema, place, found);
  }

  /// A default must be a value that the schema accepts.
  private static void defaults(JsonObject schema, FieldPath path, List<FieldError> found) {
    JsonObject properties = schema.object("properties");
    if (properties == null) {
      return;
    }
    for (JsonObject.Field property : properties) {
      if (property.value() instanceof JsonObject child) {
        FieldPath place = path.child("properties").key(property.name());
        Json value = child.get("default");
        if (value != null) {
          found.addAll(
              CustomResourceCheck.ofValue(SchemaReader.read(child), value, place.child("default")));
        }
        defaults(child, place, found);
      }
    }
  }

  private static boolean hasRules(Json value) {
    return switch (value) {
      case JsonObject object -> {
        boolean found = object.has(RULES);
        for (int i = 0; !found && i < object.size(); i++) {
          found = hasRules(object.valueAt(i));
        }
        yield found;
      }
      case JsonArray list -> {
        boolean found = false;
        for (int i = 0; !found && i < list.size(); i++) {
          found = hasRules(list.at(i));
        }
        yield found;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> false;
    };
  }
}
