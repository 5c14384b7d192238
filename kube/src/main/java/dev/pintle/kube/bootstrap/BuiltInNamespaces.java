package dev.pintle.kube.bootstrap;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.EnsureExists;
import java.util.List;

/// The namespaces that are there before any request is answered.
final class BuiltInNamespaces {
  private static final List<String> NAMES =
      List.of("kube-system", "kube-public", "kube-node-lease", "default");

  private BuiltInNamespaces() {}

  /// @param namespaces their resource
  static List<EnsureExists.Wanted> wanted(ResourceType namespaces) {
    return NAMES.stream().map(name -> wanted(namespaces, name)).toList();
  }

  private static EnsureExists.Wanted wanted(ResourceType namespaces, String name) {
    JsonObject namespace =
        new JsonObject()
            .set("kind", "Namespace")
            .set("apiVersion", "v1")
            .set("metadata", new JsonObject().set("name", name));
    return EnsureExists.Wanted.of(namespaces, "", namespace);
  }
}
