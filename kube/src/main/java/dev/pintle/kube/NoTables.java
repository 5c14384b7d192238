package dev.pintle.kube;

import dev.pintle.kube.schema.ResourceType;
import java.util.Map;
import java.util.Set;

/// The parts of built-in resources that upstream makes no tables of, though it does of the resources themselves.
final class NoTables {
  private static final Map<String, Set<String>> PARTS =
      Map.ofEntries(
          Map.entry("pods", Set.of("binding", "ephemeralcontainers", "eviction", "log", "resize")),
          Map.entry("namespaces", Set.of("finalize")),
          Map.entry("serviceaccounts", Set.of("token")),
          Map.entry("customresourcedefinitions.apiextensions.k8s.io", Set.of("status")),
          Map.entry("apiservices.apiregistration.k8s.io", Set.of("status")),
          Map.entry("certificatesigningrequests.certificates.k8s.io", Set.of("approval")),
          Map.entry("devicetaintrules.resource.k8s.io", Set.of("status")),
          Map.entry("resourceclaims.resource.k8s.io", Set.of("status")),
          Map.entry("resourcepoolstatusrequests.resource.k8s.io", Set.of("status")),
          Map.entry("podgroups.scheduling.k8s.io", Set.of("status")),
          Map.entry("compositepodgroups.scheduling.k8s.io", Set.of("status")));

  private NoTables() {}

  /// @param part the sub-resource, empty for the resource itself
  static boolean of(ResourceType type, String part) {
    return !part.isEmpty() && PARTS.getOrDefault(type.groupResource(), Set.of()).contains(part);
  }
}
