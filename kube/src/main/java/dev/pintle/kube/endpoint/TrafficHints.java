package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// The hints at where an endpoint is best reached from, as the `trafficDistribution` of a service asks for them.
enum TrafficHints {
  /// Anywhere.
  NONE,
  /// In its own zone.
  ZONE,
  /// On its own node, and else in its own zone.
  NODE;

  private static final String HINTS = "hints";
  private static final String FOR_ZONES = "forZones";

  static TrafficHints of(SelectingService service) {
    return switch (service.spec().textOrEmpty("trafficDistribution")) {
      case "PreferClose", "PreferSameZone" -> ZONE;
      case "PreferSameNode" -> NODE;
      default -> NONE;
    };
  }

  static boolean isReady(JsonObject endpoint) {
    return endpoint.objectOrEmpty("conditions").isTrue("ready");
  }

  /// The zones that an endpoint is best reached from.
  static List<JsonObject> zones(JsonObject endpoint) {
    return endpoint.objectOrEmpty(HINTS).objects(FOR_ZONES);
  }

  static void setZone(JsonObject endpoint, String zone) {
    endpoint.set(HINTS, new JsonObject().set(FOR_ZONES, named(zone)));
  }

  /// Gives the slices of one family the hints that they should have.
  ///
  /// @param existing as they are stored
  void apply(List<JsonObject> existing, SliceChanges changes) {
    for (JsonObject slice : changes.unchanged(existing)) {
      if (areWrong(slice)) {
        changes.updated().add(slice.copy());
      }
    }
    changes.created().forEach(this::put);
    changes.updated().forEach(this::put);
  }

  /// Whether an endpoint of the slice has other hints than it should.
  private boolean areWrong(JsonObject slice) {
    return slice.objects("endpoints").stream()
        .anyMatch(endpoint ->
            this == NONE
                ? endpoint.has(HINTS)
                : isReady(endpoint) && !hints(endpoint).equals(endpoint.objectOrEmpty(HINTS)));
  }

  /// Those of endpoints that are not ready are left as they are, unless there should be none.
  private void put(JsonObject slice) {
    for (JsonObject endpoint : slice.objects("endpoints")) {
      if (this == NONE || isReady(endpoint)) {
        JsonObject hints = hints(endpoint);
        if (hints.isEmpty()) {
          endpoint.remove(HINTS);
        } else {
          endpoint.set(HINTS, hints);
        }
      }
    }
  }

  private JsonObject hints(JsonObject endpoint) {
    JsonObject hints = new JsonObject();
    String zone = endpoint.textOrEmpty("zone");
    String node = endpoint.textOrEmpty("nodeName");
    if (this != NONE && !zone.isEmpty()) {
      hints.set(FOR_ZONES, named(zone));
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
