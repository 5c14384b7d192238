package dev.pintle.kube.instance;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import dev.pintle.kube.validation.ObjectValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The check of whole objects inside a custom resource (`x-kubernetes-embedded-resource`): they have kind, apiVersion and
/// metadata like any other.
final class EmbeddedObjects {
  private final ResourceType type;
  private final List<FieldError> found = new ArrayList<>(0);

  private EmbeddedObjects(ResourceType type) {
    this.type = type;
  }

  static List<FieldError> check(ResourceType type, SchemaNode node, Json value, FieldPath path) {
    return check(type, node, EmbeddedResources.isOne(node), value, path);
  }

  /// @param whole whether the value itself is a whole object
  static List<FieldError> check(
      ResourceType type, SchemaNode node, boolean whole, Json value, FieldPath path) {
    EmbeddedObjects check = new EmbeddedObjects(type);
    EmbeddedResources.forEach(node, whole, value, path, check::resource);
    return check.found;
  }

  private void resource(JsonObject object, FieldPath path) {
    for (String name : List.of("apiVersion", "kind")) {
      if (!object.has(name)) {
        found.add(FieldError.required(path.child(name), ""));
      }
    }
    if (object.text("apiVersion") instanceof String version) {
      version(version, path.child("apiVersion"));
    }
    if (object.text("kind") instanceof String kind) {
      kind(kind, path.child("kind"));
    }
    if (object.object("metadata") instanceof JsonObject metadata) {
      found.addAll(ObjectValidation.ofEmbedded(type, metadata, path.child("metadata")));
    }
  }

  private void version(String version, FieldPath path) {
    if (version.isEmpty()) {
      found.add(FieldError.invalid(path, Json.of(version), "must not be empty"));
    } else if (version.indexOf('/') != version.lastIndexOf('/')) {
      found.add(
          FieldError.invalid(path, Json.of(version), "unexpected GroupVersion string: " + version));
    }
  }

  private void kind(String kind, FieldPath path) {
    if (kind.isEmpty()) {
      found.add(FieldError.invalid(path, Json.of(kind), "must not be empty"));
      return;
    }
    List<String> complaints = Formats.dns1035Label(kind.toLowerCase(Locale.ROOT));
    if (!complaints.isEmpty()) {
      found.add(
          FieldError.invalid(
              path,
              Json.of(kind),
              "may have mixed case, but should otherwise match: " + String.join(",", complaints)));
    }
  }
}
