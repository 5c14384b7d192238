package dev.pintle.kube.allocation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
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

  private static boolean isAbsent(JsonObject spec, String field) {
    JsonArray list = spec.array(field);
    return list == null || list.isEmpty();
  }

  private static boolean same(JsonObject one, JsonObject other, String field) {
    return Objects.equals(one.get(field), other.get(field));
  }

  /// The list of addresses follows the first one, which old clients know.
  private static void normalize(JsonObject spec, JsonObject before) {
    String first = spec.textOrEmpty("clusterIP");
    String firstBefore = before.textOrEmpty("clusterIP");
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
    return !spec.textOrEmpty("type").equals("ExternalName");
  }

  private static boolean getsNodePorts(JsonObject spec) {
    boolean has =
        spec.textOrEmpty("type").equals("NodePort")
            || spec.textOrEmpty("type").equals("LoadBalancer");
    return has && !Json.Bool.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"));
  }

  private static void patch(JsonObject spec, JsonObject before) {
    if (isInCluster(spec) && isInCluster(before)) {
      if (spec.textOrEmpty("clusterIP").isEmpty()) {
        copy("clusterIP", before, spec);
      }
      if (isAbsent(spec, "clusterIPs")) {
        copy("clusterIPs", before, spec);
      }
    }
    if (getsNodePorts(spec) && getsNodePorts(before)) {
      patchNodePorts(spec, before);
    }
    if (ServiceNumbers.needsHealthPort(spec)
        && ServiceNumbers.needsHealthPort(before)
        && spec.wholeOrZero("healthCheckNodePort") == 0) {
      copy("healthCheckNodePort", before, spec);
    }
  }

  private static void patchNodePorts(JsonObject spec, JsonObject before) {
    Set<Long> inBoth = ServiceNumbers.nodePorts(before);
    inBoth.retainAll(ServiceNumbers.nodePorts(spec));
    Map<String, Long> byName = new HashMap<>();
    for (JsonObject port : before.objects("ports")) {
      byName.put(port.textOrEmpty("name"), port.wholeOrZero("nodePort"));
    }
    for (JsonObject port : spec.objects("ports")) {
      long known = byName.getOrDefault(port.textOrEmpty("name"), 0L);
      if (port.wholeOrZero("nodePort") == 0 && known != 0 && !inBoth.contains(known)) {
        port.set("nodePort", Json.of(known));
      }
    }
  }
}
