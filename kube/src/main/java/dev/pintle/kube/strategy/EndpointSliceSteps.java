package dev.pintle.kube.strategy;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The steps of endpoint slices.
final class EndpointSliceSteps {
  private static final String TOPOLOGY = "deprecatedTopology";
  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final List<String> COUNTED = List.of("addressType", "endpoints", "ports");

  private EndpointSliceSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "labelsCount", EndpointSliceSteps::labelsCount,
        "topologyDropped", EndpointSliceSteps::topologyDropped);
  }

  /// A slice belongs to its service by a label, so a change of labels alone is one of the slice too.
  private static void labelsCount(JsonObject slice, JsonObject old) {
    JsonObject metadata = slice.objectOrEmpty("metadata");
    JsonObject before = old.objectOrEmpty("metadata");
    boolean counted = COUNTED.stream().anyMatch(field -> !same(slice.get(field), old.get(field)));
    if (!counted
        && !metadata.objectOrEmpty("labels").equals(before.objectOrEmpty("labels"))
        && before.get("generation") instanceof Json.Whole(var generation)) {
      metadata.set("generation", Json.of(generation + 1));
    }
  }

  private static boolean same(@Nullable Json one, @Nullable Json other) {
    return (one == null ? new JsonArray() : one).equals(other == null ? new JsonArray() : other);
  }

  /// The labels of endpoints went; the node that they named before stays known.
  private static void topologyDropped(JsonObject slice, JsonObject old) {
    if (!old.isEmpty() && same(slice.get("endpoints"), old.get("endpoints"))) {
      return;
    }
    Set<String> nodes = new HashSet<>();
    old.objects("endpoints")
        .forEach(endpoint -> nodes.add(endpoint.objectOrEmpty(TOPOLOGY).textOrEmpty(HOSTNAME)));
    for (JsonObject endpoint : slice.objects("endpoints")) {
      String node = endpoint.objectOrEmpty(TOPOLOGY).textOrEmpty(HOSTNAME);
      if (!endpoint.has("nodeName")
          && !node.isEmpty()
          && nodes.contains(node)
          && Formats.dns1123Subdomain(node).isEmpty()) {
        endpoint.set("nodeName", node);
      }
      endpoint.remove(TOPOLOGY);
    }
  }
}
