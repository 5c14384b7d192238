package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A CustomResourceDefinition as it was written, with its fields by name.
record CustomResourceDefinition(JsonObject object) {

  /// A version of the definition.
  record Version(JsonObject object) {
    String name() {
      return textOrEmpty(object, "name");
    }

    boolean served() {
      return SchemaReader.isTrue(object, "served");
    }

    boolean deprecated() {
      return SchemaReader.isTrue(object, "deprecated");
    }

    boolean storage() {
      return SchemaReader.isTrue(object, "storage");
    }

    @Nullable JsonObject schema() {
      JsonObject holder = object.object("schema");
      return holder == null ? null : holder.object("openAPIV3Schema");
    }

    boolean hasStatus() {
      JsonObject subresources = object.object("subresources");
      return subresources != null && subresources.object("status") != null;
    }

    @Nullable JsonObject scale() {
      JsonObject subresources = object.object("subresources");
      return subresources == null ? null : subresources.object("scale");
    }
  }

  String name() {
    JsonObject metadata = object.object("metadata");
    return metadata == null ? "" : textOrEmpty(metadata, "name");
  }

  private JsonObject spec() {
    JsonObject spec = object.object("spec");
    return spec == null ? new JsonObject() : spec;
  }

  String group() {
    return textOrEmpty(spec(), "group");
  }

  /// What the keys of its objects start with.
  String instancePrefix() {
    return "/registry/" + group() + "/" + textOrEmpty(names(), "plural");
  }

  boolean namespaced() {
    return textOrEmpty(spec(), "scope").equals("Namespaced");
  }

  JsonObject names() {
    JsonObject names = spec().object("names");
    return names == null ? new JsonObject() : names;
  }

  List<Version> versions() {
    return objects(spec(), "versions").stream().map(Version::new).toList();
  }

  Optional<Version> storageVersion() {
    return versions().stream().filter(Version::storage).findFirst();
  }

  boolean hasTrueCondition(String type) {
    return objects(status(), "conditions").stream()
        .anyMatch(condition ->
            textOrEmpty(condition, "type").equals(type)
                && textOrEmpty(condition, "status").equals("True"));
  }

  private JsonObject status() {
    JsonObject status = object.object("status");
    return status == null ? new JsonObject() : status;
  }

  /// The names that were accepted so far.
  JsonObject acceptedNames() {
    JsonObject names = status().object("acceptedNames");
    return names == null ? new JsonObject() : names;
  }

  boolean isBeingDeleted() {
    JsonObject metadata = object.object("metadata");
    return metadata != null && !textOrEmpty(metadata, "deletionTimestamp").isEmpty();
  }

  static String textOrEmpty(JsonObject object, String field) {
    String text = object.text(field);
    return text == null ? "" : text;
  }

  static List<JsonObject> objects(JsonObject object, String field) {
    List<JsonObject> objects = new ArrayList<>();
    JsonArray list = object.array(field);
    if (list != null) {
      for (Json item : list) {
        if (item instanceof JsonObject one) {
          objects.add(one);
        }
      }
    }
    return objects;
  }
}
