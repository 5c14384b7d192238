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

  private static final String UNAVAILABLE = "unavailable in v";

  private Deprecations() {}

  /// The release that has it no more, as its warning tells it.
  static Optional<String> removedRelease(String warning) {
    int at = warning.indexOf(UNAVAILABLE);
    int from = at + UNAVAILABLE.length();
    int to = at < 0 ? -1 : warning.indexOf('+', from);
    return to < 0 ? Optional.empty() : Optional.of(warning.substring(from, to));
  }

  static Optional<String> of(ResourceType type) {
    return type.warning().isEmpty()
        ? Optional.ofNullable(WARNINGS.get(type.toString()))
        : Optional.of(type.warning());
  }
}
