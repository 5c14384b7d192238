package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a service keeps of its addresses and ports when it is changed: what a client left out stays, what another type has
/// no use for goes.
final class ServiceSteps {
  private static final List<String> ADDRESS_FIELDS =
      List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

  private ServiceSteps() {}

  static void kept(JsonObject service, JsonObject old) {
    JsonObject spec = service.objectAt("spec");
    JsonObject before = old.objectAt("spec");
    normalize(spec, before);
    patch(spec, before);
    drop(spec, before);
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

  /// The list of addresses follows the first one, which old clients know.
  private static void normalize(JsonObject spec, JsonObject before) {
    String first = text(spec, "clusterIP");
    String firstBefore = text(before, "clusterIP");
    boolean hadList = !isAbsent(before, "clusterIPs");
    if (first.equals(firstBefore)) {
      if (hadList && isAbsent(spec, "clusterIPs")) {
        copy("clusterIPs", before, spec);
      }
    } else if (same(spec, before, "clusterIPs")) {
      if (first.isEmpty()) {
        spec.remove("clusterIPs");
      } else {
        spec.set("clusterIPs", JsonArray.of(Json.of(first)));
      }
    }
  }

  private static void copy(String field, JsonObject from, JsonObject to) {
    Json value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value.copy());
    }
  }

  private static boolean isInCluster(JsonObject spec) {
    return !text(spec, "type").equals("ExternalName");
  }

  private static boolean hasNodePorts(JsonObject spec) {
    boolean balancer = text(spec, "type").equals("LoadBalancer");
    return text(spec, "type").equals("NodePort") || balancer;
  }

  private static boolean getsNodePorts(JsonObject spec) {
    return hasNodePorts(spec) && !Json.Bool.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"));
  }

  private static boolean needsHealthPort(JsonObject spec) {
    return text(spec, "type").equals("LoadBalancer")
        && text(spec, "externalTrafficPolicy").equals("Local");
  }

  private static void patch(JsonObject spec, JsonObject before) {
    if (isInCluster(spec) && isInCluster(before)) {
      if (text(spec, "clusterIP").isEmpty()) {
        copy("clusterIP", before, spec);
      }
      if (isAbsent(spec, "clusterIPs")) {
        copy("clusterIPs", before, spec);
      }
    }
    if (getsNodePorts(spec) && getsNodePorts(before)) {
      patchNodePorts(spec, before);
    }
    if (needsHealthPort(spec)
        && needsHealthPort(before)
        && number(spec, "healthCheckNodePort") == 0) {
      copy("healthCheckNodePort", before, spec);
    }
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

  private static void patchNodePorts(JsonObject spec, JsonObject before) {
    Set<Long> inBoth = nodePorts(before);
    inBoth.retainAll(nodePorts(spec));
    Map<String, Long> byName = new HashMap<>();
    for (JsonObject port : PodSteps.objects(before.array("ports"))) {
      byName.put(text(port, "name"), number(port, "nodePort"));
    }
    for (JsonObject port : PodSteps.objects(spec.array("ports"))) {
      long known = byName.getOrDefault(text(port, "name"), 0L);
      if (number(port, "nodePort") == 0 && known != 0 && !inBoth.contains(known)) {
        port.set("nodePort", Json.of(known));
      }
    }
  }

  private static void drop(JsonObject spec, JsonObject before) {
    if (isInCluster(before) && !isInCluster(spec)) {
      dropAddresses(spec, before);
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
