package dev.pintle.kube;

import dev.pintle.kube.schema.ResourceType;
import java.util.Map;
import java.util.Optional;

/// The warnings about versions that upstream has marked as deprecated: every request for one of them is answered with its
/// text.
final class Deprecations {
  private static final Map<String, String> WARNINGS =
      Map.of(
          "endpoints/v1",
          "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
          "componentstatuses/v1",
          "v1 ComponentStatus is deprecated in v1.19+");

  private Deprecations() {}

  static Optional<String> of(ResourceType type) {
    return type.warning().isEmpty()
        ? Optional.ofNullable(WARNINGS.get(type.toString()))
        : Optional.of(type.warning());
  }
}
