package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of which claims for devices a pod is reported to have.
final class PodClaimStatusRules {
  private PodClaimStatusRules() {}

  /// The request that a device for a container came of.
  private record Mapping(String container, String resource, String request) {}

  static void check(ValidatedObject pod, ValidatedObject status) {
    JsonObject spec = pod.structure().objectOrEmpty("spec");
    made(status, spec);
    ValidatedObject extended = status.child("extendedResourceClaimStatus");
    if (extended != null) {
      extended(extended, spec);
    }
  }

  /// Those that were made of templates.
  private static void made(ValidatedObject status, JsonObject spec) {
    Set<String> asked = new HashSet<>();
    spec.objects("resourceClaims").forEach(claim -> asked.add(claim.textOrEmpty("name")));
    Set<String> seen = new HashSet<>();
    for (ValidatedObject claim : status.items("resourceClaimStatuses")) {
      String name = claim.text("name");
      if (!asked.contains(name)) {
        claim.invalidText("name", "must match the name of an entry in `spec.resourceClaims`");
      }
      if (!seen.add(name)) {
        claim.add(FieldError.duplicate(claim.path("name"), Json.of(name)));
      }
      if (claim.has("resourceClaimName")) {
        String made = claim.text("resourceClaimName");
        for (String complaint : Formats.dns1123Subdomain(made)) {
          claim.add(FieldError.invalidWord(claim.path("resourceClaimName"), made, complaint));
        }
      }
    }
  }

  /// The one for resources that are asked for by their names alone.
  private static void extended(ValidatedObject claim, JsonObject spec) {
    Map<String, JsonObject> containers = new HashMap<>();
    for (String list : List.of("initContainers", "containers")) {
      spec.objects(list)
          .forEach(container -> containers.put(container.textOrEmpty("name"), container));
    }
    if (claim.count("requestMappings") == 0) {
      claim.required("requestMappings", "at least one request mapping is required");
    }
    Set<Mapping> seen = new HashSet<>();
    for (ValidatedObject mapping : claim.items("requestMappings")) {
      mapping(mapping, containers.get(mapping.text("containerName")));
      for (String complaint : Formats.dns1123Label(mapping.text("requestName"))) {
        claim.add(
            FieldError.invalid(
                claim.path("requestName"), Json.of(mapping.text("requestName")), complaint));
      }
      if (!seen.add(
          new Mapping(
              mapping.text("containerName"),
              mapping.text("resourceName"),
              mapping.text("requestName")))) {
        for (String field : List.of("containerName", "resourceName", "requestName")) {
          mapping.add(FieldError.duplicate(mapping.path(field), Json.of(mapping.text(field))));
        }
      }
    }
    if (claim.text("resourceClaimName").isEmpty()) {
      claim.required("resourceClaimName", "");
    } else {
      claim.invalid("resourceClaimName", Formats.dns1123Subdomain(claim.text("resourceClaimName")));
    }
  }

  private static void mapping(ValidatedObject mapping, @Nullable JsonObject container) {
    if (container == null) {
      mapping.invalidText(
          "containerName",
          "must match the name of an entry in spec.initContainers.name or spec.containers.name");
    } else if (!container
        .objectOrEmpty("resources")
        .objectOrEmpty("requests")
        .has(mapping.text("resourceName"))) {
      mapping.invalidText(
          "resourceName",
          "must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests");
    }
  }
}
