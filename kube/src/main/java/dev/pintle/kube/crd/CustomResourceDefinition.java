package dev.pintle.kube.crd;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.store.JsonCut;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A CustomResourceDefinition as it was written, with its fields by name.
///
/// @param object without the schemas: in place of each stands an empty one
/// @param schemas of those versions that have one, in their order
record CustomResourceDefinition(JsonObject object, List<WrittenSchema> schemas) {
  private static final String[] SCHEMAS = {"spec", "versions", "schema", "openAPIV3Schema"};

  CustomResourceDefinition {
    schemas = List.copyOf(schemas);
  }

  /// One whose versions have no schemas.
  CustomResourceDefinition(JsonObject object) {
    this(object, List.of());
  }

  /// Passes over the schemas, which are nearly all of its size.
  static CustomResourceDefinition of(StoredObject stored) {
    JsonCut cut = JsonCut.of(stored.storedBytes(), SCHEMAS);
    return new CustomResourceDefinition(
        JsonReader.read(cut.rest()) instanceof JsonObject object ? object : new JsonObject(),
        cut.pieces().stream().map(WrittenSchema::new).toList());
  }

  /// The same with another status.
  CustomResourceDefinition with(JsonObject changed) {
    return new CustomResourceDefinition(changed, schemas);
  }

  /// A version of the definition.
  record Version(JsonObject object, @Nullable WrittenSchema schema) {
    String name() {
      return object.textOrEmpty("name");
    }

    boolean served() {
      return object.isTrue("served");
    }

    boolean deprecated() {
      return object.isTrue("deprecated");
    }

    boolean storage() {
      return object.isTrue("storage");
    }

    boolean hasStatus() {
      return object.objectOrEmpty("subresources").object("status") != null;
    }

    @Nullable JsonObject scale() {
      return object.objectOrEmpty("subresources").object("scale");
    }
  }

  String name() {
    return object.objectOrEmpty("metadata").textOrEmpty("name");
  }

  /// How often it was written, as the server counts: 1 for one that is as it was created.
  long generation() {
    return object.objectOrEmpty("metadata").wholeOrZero("generation");
  }

  JsonObject spec() {
    return object.objectOrEmpty("spec");
  }

  String group() {
    return spec().textOrEmpty("group");
  }

  /// What the keys of its objects start with.
  String instancePrefix() {
    return "/registry/" + group() + "/" + names().textOrEmpty("plural");
  }

  boolean namespaced() {
    return spec().textOrEmpty("scope").equals("Namespaced");
  }

  JsonObject names() {
    return spec().objectOrEmpty("names");
  }

  List<Version> versions() {
    List<Version> versions = new ArrayList<>();
    Iterator<WrittenSchema> rest = schemas.iterator();
    for (JsonObject version : spec().objects("versions")) {
      boolean hasSchema = version.objectOrEmpty("schema").has("openAPIV3Schema");
      versions.add(new Version(version, hasSchema && rest.hasNext() ? rest.next() : null));
    }
    return versions;
  }

  Optional<Version> storageVersion() {
    return versions().stream().filter(Version::storage).findFirst();
  }

  boolean hasTrueCondition(String type) {
    return status().objects("conditions").stream()
        .anyMatch(condition ->
            condition.textOrEmpty("type").equals(type)
                && condition.textOrEmpty("status").equals("True"));
  }

  JsonObject status() {
    return object.objectOrEmpty("status");
  }

  /// The names that were accepted so far.
  JsonObject acceptedNames() {
    return status().objectOrEmpty("acceptedNames");
  }

  boolean isBeingDeleted() {
    return !object.objectOrEmpty("metadata").textOrEmpty("deletionTimestamp").isEmpty();
  }
}
