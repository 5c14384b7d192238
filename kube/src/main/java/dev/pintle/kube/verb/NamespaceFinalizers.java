package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;

/// The finalizers of namespaces, which lie in `spec` besides those in `metadata`: a namespace goes only when both are gone.
final class NamespaceFinalizers {
  private NamespaceFinalizers() {}

  static boolean is(ResourceType type) {
    return type.group().isEmpty() && type.plural().equals("namespaces");
  }

  static boolean isHeld(ResourceType type, JsonObject object) {
    JsonObject spec = is(type) ? object.object("spec") : null;
    JsonArray finalizers = spec == null ? null : spec.array("finalizers");
    return finalizers != null && !finalizers.isEmpty();
  }
}
