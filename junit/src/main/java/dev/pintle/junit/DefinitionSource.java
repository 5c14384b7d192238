package dev.pintle.junit;

import java.util.List;

/// The way from classes that stand for custom resources to their definitions.
final class DefinitionSource {
  private DefinitionSource() {}

  static Manifests of(List<Class<?>> kinds) {
    return kinds.isEmpty()
        ? Manifests.none()
        : MissingLibrary.unless(
            "@WithDefinition",
            "io.fabric8:kubernetes-client",
            "io.fabric8.kubernetes.client.CustomResource",
            () -> FabricDefinitions.of(kinds));
  }
}
