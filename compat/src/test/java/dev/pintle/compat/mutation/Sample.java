package dev.pintle.compat.mutation;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A resource, and an object of it that both servers take.
///
/// @param collection path of its collection
/// @param whole an object with every field, whose parts are grafted; empty where there is none
/// @param parts its sub-resources that take objects
record Sample(String collection, ObjectNode object, ObjectNode whole, List<String> parts) {
  String name() {
    return object.path("metadata").path("name").asString("");
  }

  String kind() {
    return object.path("kind").asString("");
  }

  String apiVersion() {
    return object.path("apiVersion").asString("");
  }

  /// Strategic patches need structures that only built-in kinds have.
  boolean isCustom() {
    return collection.contains(".example.com/");
  }

  /// Whether an object of it can have any name, and goes when it is told to.
  boolean isPlain() {
    return collection.contains("/namespaces/") && !kind().equals("ServiceAccount");
  }
}
