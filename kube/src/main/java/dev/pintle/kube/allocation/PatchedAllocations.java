package dev.pintle.kube.allocation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The carrying over of a service's addresses and node ports on update: what a client left out stays as it was, instead of
/// being allocated anew.
final class PatchedAllocations {
  private PatchedAllocations() {}

  static void settle(JsonObject spec, JsonObject before) {
    patch(spec, before);
    normalize(spec, before);
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

  private static long number(JsonObject structure, String field) {
    return structure.get(field) instanceof Json.Whole(var number) ? number : 0;
  }

  private static boolean needsHealthPort(JsonObject spec) {
    return text(spec, "type").equals("LoadBalancer")
        && text(spec, "externalTrafficPolicy").equals("Local");
  }

  private static Set<Long> nodePorts(JsonObject spec) {
    Set<Long> ports = new HashSet<>();
    for (JsonObject port : ServiceNumbers.ports(spec)) {
      if (number(port, "nodePort") != 0) {
        ports.add(number(port, "nodePort"));
      }
    }
    return ports;
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

  private static boolean getsNodePorts(JsonObject spec) {
    boolean has =
        text(spec, "type").equals("NodePort") || text(spec, "type").equals("LoadBalancer");
    return has && !Json.Bool.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"));
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

  private static void patchNodePorts(JsonObject spec, JsonObject before) {
    Set<Long> inBoth = nodePorts(before);
    inBoth.retainAll(nodePorts(spec));
    Map<String, Long> byName = new HashMap<>();
    for (JsonObject port : ServiceNumbers.ports(before)) {
      byName.put(text(port, "name"), number(port, "nodePort"));
    }
    for (JsonObject port : ServiceNumbers.ports(spec)) {
      long known = byName.getOrDefault(text(port, "name"), 0L);
      if (number(port, "nodePort") == 0 && known != 0 && !inBoth.contains(known)) {
        port.set("nodePort", Json.of(known));
      }
    }
  }
}
