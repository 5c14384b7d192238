package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;

/// The rule that namespaces alone have: they go only when the finalizers of their own, in `spec`, are gone.
final class Namespaces {
  private Namespaces() {}

  static boolean is(ResourceType type) {
    return type.group().isEmpty() && type.plural().equals("namespaces");
  }

  static boolean isHeld(ResourceType type, JsonObject object) {
    JsonObject spec = is(type) ? object.object("spec") : null;
    JsonArray finalizers = spec == null ? null : spec.array("finalizers");
    return finalizers != null && !finalizers.isEmpty();
  }
}
