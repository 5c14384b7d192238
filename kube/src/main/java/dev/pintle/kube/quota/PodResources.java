package dev.pintle.kube.quota;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The amounts that a pod asks for and is limited to: by what it says, and by what its node has given to it meanwhile, whichever is more.
final class PodResources {
  private static final String REQUESTS = "requests";
  private static final String LIMITS = "limits";
  private static final String ALLOCATED = "allocatedResources";

  private final JsonObject spec;
  private final JsonObject status;
  private final boolean infeasible;

  PodResources(JsonObject pod) {
    this.spec = pod.objectOrEmpty("spec");
    this.status = pod.objectOrEmpty("status");
    this.infeasible = isInfeasible(status);
  }

  /// Whether the node will never give what is asked for: then what it gave counts alone.
  private static boolean isInfeasible(JsonObject status) {
    for (JsonObject condition : status.objects("conditions")) {
      if (condition.textOrEmpty("type").equals("PodResizePending")) {
        return condition.textOrEmpty("reason").equals("Infeasible");
      }
    }
    return false;
  }

  ResourceAmounts requests() {
    ResourceAmounts all = ofContainers(REQUESTS, this::allocated);
    if (ofWholePod(spec, REQUESTS)) {
      putWhole(all, REQUESTS);
    }
    return all.and(ResourceAmounts.of(spec.object("overhead")));
  }

  ResourceAmounts limits() {
    ResourceAmounts all = ofContainers(LIMITS, _ -> null);
    if (ofWholePod(spec, REQUESTS) || ofWholePod(spec, LIMITS)) {
      putWhole(all, LIMITS);
    }
    ResourceAmounts.of(spec.object("overhead"))
        .values()
        .forEach((name, amount) ->
            all.values()
                .computeIfPresent(
                    name, (_, limit) -> limit.sign() == 0 ? limit : limit.plus(amount)));
    return all;
  }

  /// Whether the pod as a whole says anything that counts.
  static boolean ofWholePod(JsonObject spec, String field) {
    for (JsonObject.Field amount : spec.objectOrEmpty("resources").objectOrEmpty(field)) {
      if (isOfWholePods(amount.name())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfWholePods(String name) {
    return name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-");
  }

  private void putWhole(ResourceAmounts all, String field) {
    ResourceAmounts.of(spec, field)
        .values()
        .forEach((name, amount) -> {
          if (isOfWholePods(name)) {
            all.values().put(name, amount);
          }
        });
  }

  /// @param allocated what a container of this status was promised; null where that does not count
  private ResourceAmounts ofContainers(
      String field, Function<JsonObject, @Nullable JsonObject> allocated) {
    ResourceAmounts asked = ResourceAmounts.ofContainers(spec, field);
    if (!infeasible && !hasStatuses()) {
      return asked;
    }
    ResourceAmounts promised =
        ResourceAmounts.ofContainers(
            spec, container -> given(container, field, allocated.apply(statusOf(container))));
    ResourceAmounts actual =
        ResourceAmounts.ofContainers(
            spec,
            container -> {
              JsonObject of = statusOf(container);
              JsonObject now = of.objectOrEmpty("resources").object(field);
              return given(container, field, now == null ? allocated.apply(of) : now);
            });
    ResourceAmounts most = field.equals(REQUESTS) ? max(promised, actual) : actual;
    return infeasible ? most : max(asked, most);
  }

  private @Nullable JsonObject allocated(JsonObject container) {
    return container.object(ALLOCATED);
  }

  private ResourceAmounts given(JsonObject container, String field, @Nullable JsonObject byNode) {
    if (byNode != null) {
      return ResourceAmounts.of(byNode);
    }
    return infeasible ? ResourceAmounts.none() : ResourceAmounts.of(container, field);
  }

  private boolean hasStatuses() {
    return status.has("containerStatuses") || status.has("initContainerStatuses");
  }

  private JsonObject statusOf(JsonObject container) {
    String name = container.textOrEmpty("name");
    for (String list : new String[] {"containerStatuses", "initContainerStatuses"}) {
      for (JsonObject one : status.objects(list)) {
        if (one.textOrEmpty("name").equals(name)) {
          return one;
        }
      }
    }
    return new JsonObject();
  }

  private static ResourceAmounts max(ResourceAmounts one, ResourceAmounts other) {
    ResourceAmounts most = one.and(ResourceAmounts.none());
    for (Map.Entry<String, Quantity> amount : other.values().entrySet()) {
      most.values()
          .merge(amount.getKey(), amount.getValue(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    return most;
  }
}
