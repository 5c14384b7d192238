package dev.pintle.kube.defaults;

import dev.pintle.kube.object.JsonObject;

/// A default that one line of the table cannot say.
@FunctionalInterface
interface NamedDefault {
  void apply(JsonObject structure);
}
