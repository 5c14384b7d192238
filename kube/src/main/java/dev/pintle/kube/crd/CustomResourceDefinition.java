package dev.pintle.kube.crd;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A CustomResourceDefinition as it was written, with its fields by name.
record CustomResourceDefinition(JsonObject object) {

  /// A version of the definition.
  record Version(JsonObject object) {
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

    @Nullable JsonObject schema() {
      return object.objectOrEmpty("schema").object("openAPIV3Schema");
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

  private JsonObject spec() {
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
    return spec().objects("versions").stream().map(Version::new).toList();
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

  private JsonObject status() {
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
