package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The steps of services: a changed one loses addresses and ports that its new type has no use for.
final class ServiceSteps {
  private static final List<String> ADDRESS_FIELDS =
      List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

  private ServiceSteps() {}

  static void dropped(JsonObject service, JsonObject old) {
    drop(service.objectAt("spec"), old.objectAt("spec"));
  }

  private static String text(JsonObject spec, String field) {
    String text = spec.text(field);
    return text == null ? "" : text;
  }

  private static boolean isAbsent(JsonObject spec, String field) {
    JsonArray list = spec.array(field);
    return list == null || list.isEmpty();
  }

  private static boolean same(JsonObject one, JsonObject other, String field) {
    return Objects.equals(one.get(field), other.get(field));
  }

  private static boolean isInCluster(JsonObject spec) {
    return !text(spec, "type").equals("ExternalName");
  }

  private static boolean hasNodePorts(JsonObject spec) {
    boolean balancer = text(spec, "type").equals("LoadBalancer");
    return text(spec, "type").equals("NodePort") || balancer;
  }

  private static boolean needsHealthPort(JsonObject spec) {
    return text(spec, "type").equals("LoadBalancer")
        && text(spec, "externalTrafficPolicy").equals("Local");
  }

  private static long number(JsonObject structure, String field) {
    return structure.get(field) instanceof Json.Whole(var number) ? number : 0;
  }

  private static Set<Long> nodePorts(JsonObject spec) {
    Set<Long> ports = new HashSet<>();
    for (JsonObject port : PodSteps.objects(spec.array("ports"))) {
      if (number(port, "nodePort") != 0) {
        ports.add(number(port, "nodePort"));
      }
    }
    return ports;
  }

  private static void drop(JsonObject spec, JsonObject before) {
    if (!isInCluster(spec)) {
      spec.remove("internalTrafficPolicy");
      if (isInCluster(before)) {
        dropAddresses(spec, before);
      }
    }
    if (hasNodePorts(before)
        && !hasNodePorts(spec)
        && nodePorts(before).containsAll(nodePorts(spec))) {
      PodSteps.objects(spec.array("ports")).forEach(port -> port.remove("nodePort"));
    }
    dropWhenSame(
        spec, before, "healthCheckNodePort", needsHealthPort(before) && !needsHealthPort(spec));
    boolean noBalancer =
        text(before, "type").equals("LoadBalancer") && !text(spec, "type").equals("LoadBalancer");
    dropWhenSame(spec, before, "allocateLoadBalancerNodePorts", noBalancer);
    dropWhenSame(spec, before, "loadBalancerClass", noBalancer);
    dropWhenSame(
        spec,
        before,
        "externalTrafficPolicy",
        isExternallyAccessible(before) && !isExternallyAccessible(spec));
  }

  private static boolean isExternallyAccessible(JsonObject spec) {
    return hasNodePorts(spec)
        || (text(spec, "type").equals("ClusterIP") && !isAbsent(spec, "externalIPs"));
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
