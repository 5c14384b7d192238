package dev.pintle.kube.strategy;

import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The steps of services: a changed one loses addresses, ports and a balancer's report that its new type has no use for.
final class ServiceSteps {
  private static final List<String> ADDRESS_FIELDS =
      List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

  private static final Set<String> TRAFFIC_POLICIES = Set.of("Cluster", "Local");

  private ServiceSteps() {}

  /// A new service.
  static void unused(JsonObject service) {
    JsonObject spec = service.objectAt("spec");
    if (!isInCluster(spec)) {
      dropTrafficPolicy(spec);
    }
  }

  static void dropped(JsonObject service, JsonObject old) {
    JsonObject spec = service.objectAt("spec");
    drop(spec, old.objectAt("spec"));
    JsonObject status = service.objectOrEmpty("status");
    if (!spec.textOrEmpty("type").equals("LoadBalancer") && status.has("loadBalancer")) {
      status.set("loadBalancer", new JsonObject());
    }
  }

  private static boolean same(JsonObject one, JsonObject other, String field) {
    return Objects.equals(one.get(field), other.get(field));
  }

  private static boolean isInCluster(JsonObject spec) {
    return !spec.textOrEmpty("type").equals("ExternalName");
  }

  private static boolean hasNodePorts(JsonObject spec) {
    boolean balancer = spec.textOrEmpty("type").equals("LoadBalancer");
    return spec.textOrEmpty("type").equals("NodePort") || balancer;
  }

  private static boolean needsHealthPort(JsonObject spec) {
    return spec.textOrEmpty("type").equals("LoadBalancer")
        && spec.textOrEmpty("externalTrafficPolicy").equals("Local");
  }

  private static Set<Long> nodePorts(JsonObject spec) {
    Set<Long> ports = new HashSet<>();
    for (JsonObject port : spec.objects("ports")) {
      if (port.wholeOrZero("nodePort") != 0) {
        ports.add(port.wholeOrZero("nodePort"));
      }
    }
    return ports;
  }

  private static void drop(JsonObject spec, JsonObject before) {
    if (!isInCluster(spec)) {
      dropTrafficPolicy(spec);
      if (isInCluster(before)) {
        dropAddresses(spec, before);
      }
    }
    if (hasNodePorts(before)
        && !hasNodePorts(spec)
        && nodePorts(before).containsAll(nodePorts(spec))) {
      spec.objects("ports").forEach(port -> port.remove("nodePort"));
    }
    dropWhenSame(
        spec, before, "healthCheckNodePort", needsHealthPort(before) && !needsHealthPort(spec));
    boolean noBalancer =
        before.textOrEmpty("type").equals("LoadBalancer")
            && !spec.textOrEmpty("type").equals("LoadBalancer");
    dropWhenSame(spec, before, "allocateLoadBalancerNodePorts", noBalancer);
    dropWhenSame(spec, before, "loadBalancerClass", noBalancer);
    dropWhenSame(
        spec,
        before,
        "externalTrafficPolicy",
        isExternallyAccessible(before) && !isExternallyAccessible(spec));
  }

  /// One that is none stays, to be refused.
  private static void dropTrafficPolicy(JsonObject spec) {
    if (TRAFFIC_POLICIES.contains(spec.textOrEmpty("internalTrafficPolicy"))) {
      spec.remove("internalTrafficPolicy");
    }
  }

  private static boolean isExternallyAccessible(JsonObject spec) {
    return hasNodePorts(spec)
        || (spec.textOrEmpty("type").equals("ClusterIP")
            && !spec.arrayOrEmpty("externalIPs").isEmpty());
  }

  private static void dropAddresses(JsonObject spec, JsonObject before) {
    boolean sameAddresses = same(spec, before, "clusterIP") && same(spec, before, "clusterIPs");
    for (String field : ADDRESS_FIELDS) {
      boolean address = field.startsWith("clusterIP");
      if (address ? sameAddresses : same(spec, before, field)) {
        spec.remove(field);
      }
    }
  }

  private static void dropWhenSame(
      JsonObject spec, JsonObject before, String field, boolean useless) {
    if (useless && same(spec, before, field)) {
      spec.remove(field);
    }
  }
}
