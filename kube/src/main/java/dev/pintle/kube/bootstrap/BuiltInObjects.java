package dev.pintle.kube.bootstrap;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import java.util.List;

/// The objects that are made before any request is answered: the four namespaces.
public final class BuiltInObjects {
  private static final List<String> NAMESPACES =
      List.of("kube-system", "kube-public", "kube-node-lease", "default");

  private BuiltInObjects() {}

  public static void make(VerbContext context, ResourceType namespaces) {
    EnsureExists.all(context, NAMESPACES.stream().map(name -> wanted(namespaces, name)).toList());
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
