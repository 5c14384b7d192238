package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of services, new or changed.
final class ServiceRules {
  private static final int AFFINITY_SECONDS_MAX = 86_400;
  private static final String ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";
  private static final Set<String> INSIDE = Set.of("NodePort", "LoadBalancer", "ClusterIP");
  private static final String SOURCE_RANGES =
      "service.beta.kubernetes.io/load-balancer-source-ranges";
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";

  private ServiceRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("service", ServiceRules::service);
  }

  private static void service(ValidatedObject service) {
    topologyAnnotations(service);
    ValidatedObject spec = service.childOrEmpty("spec");
    boolean headless = ServiceAddresses.isHeadless(spec);
    if (spec.count("ports") == 0 && !headless && !spec.text("type").equals("ExternalName")) {
      spec.required("ports", "");
    }
    perType(spec, headless);
    ServicePorts.each(spec);
    Labels.check(spec.map("selector"), spec.path("selector"), spec);
    affinity(spec);
    ServiceAddresses.check(spec);
    externalAddresses(spec);
    type(spec);
    ServicePorts.together(spec);
    sourceRanges(service, spec);
    loadBalancer(spec);
    externalPolicy(spec);
    internalPolicy(spec);
    distribution(spec);
  }

  private static void topologyAnnotations(ValidatedObject service) {
    ValidatedObject metadata = service.childOrEmpty("metadata");
    ValidatedObject annotations = metadata.childOrEmpty("annotations");
    if (annotations.has(HINTS)
        && annotations.has(MODE)
        && !annotations.text(HINTS).equals(annotations.text(MODE))) {
      FieldPath path = metadata.path("annotations").key(MODE);
      String detail = "must match annotations[%s] when both are specified".formatted(HINTS);
      service.add(FieldError.invalid(path, Json.of(annotations.text(MODE)), detail));
    }
  }

  private static void perType(ValidatedObject spec, boolean headless) {
    String type = spec.text("type");
    switch (type) {
      case "LoadBalancer", "NodePort" -> {
        if (headless) {
          FieldPath path = spec.path("clusterIPs").index(0);
          String detail = "may not be set to 'None' for %s services".formatted(type);
          spec.add(FieldError.invalid(path, Json.of("None"), detail));
        }
      }
      case "ExternalName" -> externalName(spec);
      default -> {}
    }
  }

  private static void externalName(ValidatedObject spec) {
    for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      boolean given = field.equals("ipFamilyPolicy") ? spec.has(field) : spec.count(field) > 0;
      if (given) {
        spec.forbidden(field, "may not be set for ExternalName services");
      }
    }
    String name = spec.text("externalName");
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (host.isEmpty()) {
      spec.required("externalName", "");
    } else {
      for (String complaint : Formats.dns1123Subdomain(host)) {
        spec.add(FieldError.invalid(spec.path("externalName"), Json.of(host), complaint));
      }
    }
  }

  private static void affinity(ValidatedObject spec) {
    switch (spec.text("sessionAffinity")) {
      case "" -> spec.required("sessionAffinity", "");
      case "ClientIP" -> clientAffinity(spec);
      case "None" -> {
        if (spec.has("sessionAffinityConfig")) {
          spec.forbidden("sessionAffinityConfig", "must not be set when session affinity is None");
        }
      }
      default -> spec.notSupported("sessionAffinity", "ClientIP", "None");
    }
  }

  private static void clientAffinity(ValidatedObject spec) {
    String detail = "when session affinity type is ClientIP";
    ValidatedObject config = spec.child("sessionAffinityConfig");
    if (config == null) {
      spec.required("sessionAffinityConfig", detail);
      return;
    }
    ValidatedObject client = config.child("clientIP");
    if (client == null) {
      config.required("clientIP", detail);
    } else if (!client.has("timeoutSeconds")) {
      client.required("timeoutSeconds", detail);
    } else if (client.number("timeoutSeconds") <= 0
        || client.number("timeoutSeconds") > AFFINITY_SECONDS_MAX) {
      client.invalid(
          "timeoutSeconds",
          "must be greater than 0 and less than %d".formatted(AFFINITY_SECONDS_MAX));
    }
  }

  private static void externalAddresses(ValidatedObject spec) {
    List<String> addresses = spec.texts("externalIPs");
    Set<String> known = new HashSet<>(ServiceAddresses.oldTexts(spec, "externalIPs"));
    for (int i = 0; i < addresses.size(); i++) {
      FieldPath path = spec.path("externalIPs").index(i);
      String address = addresses.get(i);
      List<String> complaints = known.contains(address) ? List.of() : Addresses.ip(address);
      List<String> told = complaints.isEmpty() ? EndpointAddresses.complaints(address) : complaints;
      told.forEach(complaint -> spec.add(FieldError.invalid(path, Json.of(address), complaint)));
    }
  }

  private static void type(ValidatedObject spec) {
    switch (spec.text("type")) {
      case "" -> spec.required("type", "");
      case "ClusterIP", "NodePort", "LoadBalancer", "ExternalName" -> {}
      default -> spec.notSupported("type", "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    }
  }

  private static boolean isLoadBalancer(ValidatedObject spec) {
    return spec.text("type").equals("LoadBalancer");
  }

  private static void sourceRanges(ValidatedObject service, ValidatedObject spec) {
    List<String> ranges = spec.texts("loadBalancerSourceRanges");
    ValidatedObject metadata = service.childOrEmpty("metadata");
    ValidatedObject annotations = metadata.childOrEmpty("annotations");
    if (!ranges.isEmpty()) {
      Set<String> known = new HashSet<>();
      ServiceAddresses.oldTexts(spec, "loadBalancerSourceRanges")
          .forEach(range -> known.add(range.strip()));
      ranges(spec, ranges, spec.path("LoadBalancerSourceRanges"), known);
    } else if (annotations.has(SOURCE_RANGES)) {
      String value = annotations.text(SOURCE_RANGES);
      JsonObject old = annotations.old();
      boolean changed = old == null || !value.equals(old.text(SOURCE_RANGES));
      boolean check = changed && !value.isBlank();
      List<String> listed = check ? List.of(value.strip().split(",", -1)) : List.of();
      ranges(spec, listed, metadata.path("annotations").key(SOURCE_RANGES), null);
    }
  }

  /// @param known ranges that are there already and may stay; null when `path` is that of all ranges together
  private static void ranges(
      ValidatedObject spec, List<String> ranges, FieldPath path, @Nullable Set<String> known) {
    if (!isLoadBalancer(spec)) {
      spec.add(FieldError.forbidden(path, ONLY_LOAD_BALANCER));
    }
    for (int i = 0; i < ranges.size(); i++) {
      String range = ranges.get(i).strip();
      FieldPath place = known == null ? path : path.index(i);
      if (known == null || !known.contains(range)) {
        Addresses.cidr(range)
            .forEach(complaint -> spec.add(FieldError.invalid(place, Json.of(range), complaint)));
      }
    }
  }

  private static void loadBalancer(ValidatedObject spec) {
    boolean balancer = isLoadBalancer(spec);
    if (spec.has("allocateLoadBalancerNodePorts") && !balancer) {
      spec.forbidden("allocateLoadBalancerNodePorts", ONLY_LOAD_BALANCER);
    }
    if (!spec.has("allocateLoadBalancerNodePorts") && balancer) {
      spec.add(FieldError.required(FieldPath.of("allocateLoadBalancerNodePorts"), ""));
    }
    loadBalancerClass(spec);
  }

  static void loadBalancerClass(ValidatedObject spec) {
    if (!spec.has("loadBalancerClass")) {
      return;
    }
    if (isLoadBalancer(spec)) {
      spec.invalid("loadBalancerClass", Formats.qualifiedName(spec.text("loadBalancerClass")));
    } else {
      spec.forbidden("loadBalancerClass", ONLY_LOAD_BALANCER);
    }
  }

  private static boolean isExternallyAccessible(ValidatedObject spec) {
    return switch (spec.text("type")) {
      case "LoadBalancer", "NodePort" -> true;
      case "ClusterIP" -> spec.count("externalIPs") > 0;
      default -> false;
    };
  }

  static boolean needsHealthCheck(ValidatedObject spec) {
    return isLoadBalancer(spec) && spec.text("externalTrafficPolicy").equals("Local");
  }

  private static void externalPolicy(ValidatedObject spec) {
    String policy = spec.text("externalTrafficPolicy");
    if (!isExternallyAccessible(spec)) {
      if (!policy.isEmpty()) {
        spec.invalid("externalTrafficPolicy", "may only be set for externally-accessible services");
      }
    } else if (policy.isEmpty()) {
      spec.required("externalTrafficPolicy", "");
    } else if (!policy.equals("Cluster") && !policy.equals("Local")) {
      spec.notSupported("externalTrafficPolicy", "Cluster", "Local");
    }
    long port = spec.number("healthCheckNodePort");
    if (!needsHealthCheck(spec)) {
      if (port != 0) {
        spec.invalid(
            "healthCheckNodePort",
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
      }
    } else if (port == 0) {
      spec.required("healthCheckNodePort", "");
    } else {
      spec.invalidNumber("healthCheckNodePort", Ports.number(port));
    }
  }

  private static void internalPolicy(ValidatedObject spec) {
    String policy = spec.text("internalTrafficPolicy");
    if (!spec.has("internalTrafficPolicy")) {
      if (INSIDE.contains(spec.text("type"))) {
        spec.required("internalTrafficPolicy", "");
      }
    } else if (!policy.equals("Cluster") && !policy.equals("Local")) {
      spec.notSupported("internalTrafficPolicy", "Cluster", "Local");
    }
  }

  private static void distribution(ValidatedObject spec) {
    if (!spec.has("trafficDistribution")) {
      return;
    }
    switch (spec.text("trafficDistribution")) {
      case "PreferClose", "PreferSameZone", "PreferSameNode" -> {}
      default ->
          spec.notSupported(
              "trafficDistribution", "PreferClose", "PreferSameZone", "PreferSameNode");
    }
  }
}
