package dev.pintle.kube.allocation;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;

/// The address ranges of the cluster's ServiceCIDR objects that are ready and not being deleted.
final class ServiceCidrs {
  private ServiceCidrs() {}

  /// @param fallback the networks that count while there is no ServiceCIDR at all, as at the first start
  static List<ServiceNetwork> of(
      ResourceType type, ObjectView view, List<ServiceNetwork> fallback) {
    List<KeyValue> stored = view.range(RangeRequest.of(Keys.range(type, ""))).entries();
    List<ServiceNetwork> networks = new ArrayList<>();
    for (KeyValue kv : stored) {
      JsonObject cidr = view.read(type, kv).tree();
      JsonArray names = cidr.objectAt("spec").array("cidrs");
      if (names != null && isReady(cidr)) {
        for (Json name : names) {
          ServiceNetwork network =
              name instanceof Json.Text(var text) ? ServiceNetwork.parse(text) : null;
          if (network != null) {
            networks.add(network);
          }
        }
      }
    }
    return stored.isEmpty() ? fallback : networks;
  }

  private static boolean isReady(JsonObject cidr) {
    JsonObject status = cidr.object("status");
    JsonArray conditions = status == null ? null : status.array("conditions");
    if (conditions == null || cidr.objectAt("metadata").has("deletionTimestamp")) {
      return false;
    }
    for (Json each : conditions) {
      if (each instanceof JsonObject condition && "Ready".equals(condition.text("type"))) {
        return "True".equals(condition.text("status"));
      }
    }
    return false;
  }
}
