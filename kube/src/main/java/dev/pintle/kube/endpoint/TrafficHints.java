package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;

/// The hints at where an endpoint is best reached from, as the `trafficDistribution` of a service asks for them.
enum TrafficHints {
  /// Anywhere.
  NONE,
  /// In its own zone.
  ZONE,
  /// On its own node, and else in its own zone.
  NODE,
  /// As somebody else says, who knows how many processors the nodes of each zone have.
  AUTO;

  private static final String HINTS = "hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";
  private static final String FORMER_MODE = "service.kubernetes.io/topology-aware-hints";

  static TrafficHints of(SelectingService service) {
    String former = service.annotation(FORMER_MODE);
    String mode = former.isEmpty() ? service.annotation(MODE) : former;
    if (mode.equals("Auto") || mode.equals("auto")) {
      return AUTO;
    }
    return switch (service.spec().textOrEmpty("trafficDistribution")) {
      case "PreferClose", "PreferSameZone" -> ZONE;
      case "PreferSameNode" -> NODE;
      default -> NONE;
    };
  }

  /// Whether an endpoint of the slice has other hints than it should.
  boolean areWrong(JsonObject slice) {
    return slice.objects("endpoints").stream()
        .anyMatch(endpoint ->
            isHinted(endpoint) && !hints(endpoint).equals(endpoint.objectOrEmpty(HINTS)));
  }

  /// Gives all endpoints of the slice the hints that they should have.
  void put(JsonObject slice) {
    for (JsonObject endpoint : slice.objects("endpoints")) {
      if (isHinted(endpoint)) {
        JsonObject hints = hints(endpoint);
        if (hints.isEmpty()) {
          endpoint.remove(HINTS);
        } else {
          endpoint.set(HINTS, hints);
        }
      }
    }
  }

  /// Those of endpoints that are not ready are left as they are, unless there should be none; all are where somebody else gives them.
  private boolean isHinted(JsonObject endpoint) {
    return this == NONE || (this != AUTO && endpoint.objectOrEmpty("conditions").isTrue("ready"));
  }

  private JsonObject hints(JsonObject endpoint) {
    JsonObject hints = new JsonObject();
    String zone = endpoint.textOrEmpty("zone");
    String node = endpoint.textOrEmpty("nodeName");
    if (this != NONE && !zone.isEmpty()) {
      hints.set("forZones", named(zone));
    }
    if (this == NODE && !node.isEmpty()) {
      hints.set("forNodes", named(node));
    }
    return hints;
  }

  private static Json named(String name) {
    return JsonArray.of(new JsonObject().set("name", name));
  }
}
