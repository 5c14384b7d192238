package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An endpoint as a slice has it.
final class SliceEndpoint {
  private static final List<String> CONDITIONS = List.of("ready", "serving", "terminating");

  private SliceEndpoint() {}

  /// The identity of an endpoint: what else is said of it may change.
  record Key(List<String> addresses, String hostname, String namespace, String name) {
    static Key of(JsonObject endpoint) {
      JsonObject target = endpoint.objectOrEmpty("targetRef");
      return new Key(
          List.copyOf(new TreeSet<>(endpoint.texts("addresses"))),
          endpoint.textOrEmpty("hostname"),
          target.textOrEmpty("namespace"),
          target.textOrEmpty("name"));
    }
  }

  /// @param zone that of the pod's node, empty for none
  /// @param addresses not empty
  static JsonObject of(
      ServicePod pod, SelectingService service, List<String> addresses, String zone) {
    boolean serving = pod.isReady();
    boolean going = pod.isGoing();
    JsonArray texts = new JsonArray();
    addresses.forEach(address -> texts.add(Json.of(address)));
    JsonObject endpoint =
        new JsonObject()
            .set("addresses", texts)
            .set(
                "conditions",
                new JsonObject()
                    .set("ready", Json.of(service.publishesAll() || (serving && !going)))
                    .set("serving", Json.of(serving))
                    .set("terminating", Json.of(going)))
            .set("targetRef", pod.reference());
    set(endpoint, "hostname", pod.hostname(service.name()));
    set(endpoint, "nodeName", pod.node());
    set(endpoint, "zone", zone);
    return endpoint;
  }

  static void set(JsonObject object, String name, String text) {
    if (!text.isEmpty()) {
      object.set(name, text);
    }
  }

  /// Whether two endpoints of the same identity say the same.
  static boolean isSame(JsonObject one, JsonObject other) {
    JsonObject conditions = one.objectOrEmpty("conditions");
    JsonObject others = other.objectOrEmpty("conditions");
    return one.textOrEmpty("nodeName").equals(other.textOrEmpty("nodeName"))
        && one.textOrEmpty("zone").equals(other.textOrEmpty("zone"))
        && CONDITIONS.stream().allMatch(each -> isSame(conditions.get(each), others.get(each)))
        && reference(one).equals(reference(other));
  }

  private static boolean isSame(@Nullable Json one, @Nullable Json other) {
    return one == null ? other == null : one.equals(other);
  }

  /// The version of what an endpoint stands for does not matter.
  private static JsonObject reference(JsonObject endpoint) {
    JsonObject reference = endpoint.objectOrEmpty("targetRef").copy();
    reference.remove("resourceVersion");
    return reference;
  }
}
