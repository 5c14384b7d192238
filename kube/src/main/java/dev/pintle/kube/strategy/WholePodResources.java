package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The completion of what a pod asks for as a whole by what its containers ask for, where it says anything of it itself.
final class WholePodResources {
  private static final String HUGE_PAGES = "hugepages-";
  private static final List<String> SHARED = List.of("cpu", "memory");
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private final JsonObject spec;
  private final Map<String, Json> requests;
  private final Map<String, Json> limits;

  private WholePodResources(JsonObject spec, JsonObject whole) {
    this.spec = spec;
    this.requests = read(whole, "requests");
    this.limits = read(whole, "limits");
  }

  static void complete(JsonObject pod) {
    JsonObject spec = pod.objectAt("spec");
    JsonObject whole = spec.object("resources");
    if (whole == null) {
      return;
    }
    WholePodResources resources = new WholePodResources(spec, whole);
    if (!resources.requests.isEmpty() || !resources.limits.isEmpty()) {
      resources.limitHugePages();
      resources.request();
      resources.limit();
      write(whole, "limits", resources.limits);
      write(whole, "requests", resources.requests);
    }
  }

  private static Map<String, Json> read(JsonObject whole, String field) {
    Map<String, Json> amounts = new TreeMap<>();
    whole.objectOrEmpty(field).forEach(amount -> amounts.put(amount.name(), amount.value()));
    return amounts;
  }

  private static void write(JsonObject whole, String field, Map<String, Json> amounts) {
    if (!amounts.isEmpty()) {
      whole.set(field, object(amounts));
    }
  }

  private static JsonObject object(Map<String, Json> amounts) {
    JsonObject object = new JsonObject();
    amounts.forEach(object::set);
    return object;
  }

  private void limitHugePages() {
    ResourceAmounts.ofContainers(spec, "limits")
        .values()
        .forEach((name, amount) -> {
          if (name.startsWith(HUGE_PAGES) && !requests.containsKey(name)) {
            limits.putIfAbsent(name, Json.of(amount.toString()));
          }
        });
  }

  private void request() {
    ResourceAmounts.ofContainers(spec, "requests")
        .values()
        .forEach((name, amount) -> {
          if (SHARED.contains(name)) {
            requests.putIfAbsent(name, Json.of(amount.toString()));
          }
        });
    limits.forEach((name, amount) -> {
      if (isOfPods(name)) {
        requests.putIfAbsent(name, amount);
      }
    });
  }

  /// A limit that every container has is one of the pod, which is never below what the pod asks for.
  private void limit() {
    ResourceAmounts together = ResourceAmounts.ofContainers(spec, "limits");
    ResourceAmounts asked = ResourceAmounts.of(object(requests));
    for (String name : requests.keySet()) {
      Quantity most = together.values().get(name);
      if (isOfPods(name)
          && !limits.containsKey(name)
          && most != null
          && isLimitedEverywhere(name)) {
        Quantity least = asked.amount(name);
        limits.put(name, Json.of((least.compareTo(most) > 0 ? least : most).toString()));
      }
    }
  }

  private boolean isLimitedEverywhere(String name) {
    for (String list : CONTAINERS) {
      for (JsonObject container : spec.objects(list)) {
        if (!container.objectOrEmpty("resources").objectOrEmpty("limits").has(name)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isOfPods(String name) {
    return SHARED.contains(name) || name.startsWith(HUGE_PAGES);
  }
}
