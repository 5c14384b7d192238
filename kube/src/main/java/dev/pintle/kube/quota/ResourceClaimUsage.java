package dev.pintle.kube.quota;

import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/// The measure of ResourceClaims: their number, and the devices of each class that they may be given; also by the names by which pods
/// ask for such devices.
final class ResourceClaimUsage implements UsageEvaluator {
  private static final String COUNT = "count/resourceclaims.resource.k8s.io";
  private static final String OF_CLASS = ".deviceclass.resource.k8s.io/devices";
  private static final String REQUESTS = "requests.";
  private static final String IMPLICIT = "requests.deviceclass.resource.kubernetes.io/";

  /// The most devices that a claim of all of a class may be given.
  private static final long DEVICES_MAX = 32;

  private final Function<String, ResourceType> types;
  private final ClaimPods pods;

  /// @param types of `pods`, `deviceclasses` and `resourceclaims`
  ResourceClaimUsage(Function<String, ResourceType> types, ClaimPods pods) {
    this.types = types;
    this.pods = pods;
  }

  @Override
  public UsageEvaluator overAll(String namespace, ObjectView view) {
    return new ResourceClaimUsage(types, pods.overAll(namespace, view));
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.subresource().isEmpty()
        && (request.action() == Action.CREATE || request.action() == Action.UPDATE);
  }

  @Override
  public boolean measures(String name, ObjectView view) {
    if (name.equals(COUNT) || name.endsWith(OF_CLASS)) {
      return true;
    }
    if (name.startsWith(IMPLICIT)
        && !extendedName(name.substring(IMPLICIT.length()), view).isEmpty()) {
      return true;
    }
    return PodUsage.isExtended(name) && isOfClass(name.substring(REQUESTS.length()), view);
  }

  private String extendedName(String deviceClass, ObjectView view) {
    StoredObject found = view.find(types.apply("deviceclasses"), "", deviceClass);
    return found == null ? "" : found.text("spec.extendedResourceName");
  }

  private boolean isOfClass(String extendedName, ObjectView view) {
    ResourceType type = types.apply("deviceclasses");
    boolean[] found = {false};
    view.scan(
        RangeRequest.of(Keys.range(type, "")),
        kv -> {
          found[0] = view.read(type, kv).text("spec.extendedResourceName").equals(extendedName);
          return !found[0];
        });
    return found[0];
  }

  @Override
  public ResourceAmounts usage(JsonObject claim, String namespace, ObjectView view) {
    Map<String, Quantity> byClass = new TreeMap<>();
    JsonObject devices = claim.objectOrEmpty("spec").objectOrEmpty("devices");
    for (JsonObject request : devices.objects("requests")) {
      if (!request.arrayOrEmpty("firstAvailable").isEmpty()) {
        worst(request).forEach((name, count) -> byClass.merge(name, count, Quantity::plus));
      } else if (request.object("exactly") != null) {
        JsonObject exactly = request.objectOrEmpty("exactly");
        byClass.merge(
            exactly.textOrEmpty("deviceClassName"), Quantity.of(count(exactly)), Quantity::plus);
      }
    }
    ResourceAmounts used = ResourceAmounts.none();
    used.values().put(COUNT, ObjectCount.ONE);
    byClass.forEach((name, count) -> used.values().put(name + OF_CLASS, count));
    addExtended(used, byClass, claim, namespace, view);
    return used;
  }

  /// Of alternatives the one counts that takes most of a class.
  private static Map<String, Quantity> worst(JsonObject request) {
    Map<String, Quantity> most = new HashMap<>();
    for (JsonObject alternative : request.objects("firstAvailable")) {
      Quantity count = Quantity.of(count(alternative));
      if (count.sign() > 0) {
        most.merge(
            alternative.textOrEmpty("deviceClassName"),
            count,
            (one, other) -> one.compareTo(other) >= 0 ? one : other);
      }
    }
    return most;
  }

  private static long count(JsonObject request) {
    return switch (request.textOrEmpty("allocationMode")) {
      case "ExactCount" -> request.wholeOrZero("count");
      case "All" -> DEVICES_MAX;
      default -> 0;
    };
  }

  /// What the pod that a claim was made for uses already is not counted twice.
  private void addExtended(
      ResourceAmounts used,
      Map<String, Quantity> byClass,
      JsonObject claim,
      String namespace,
      ObjectView view) {
    Map<String, Quantity> extended = new TreeMap<>();
    byClass.forEach((deviceClass, count) -> {
      if (!deviceClass.isEmpty()) {
        extended.put(IMPLICIT + deviceClass, count);
        String name = extendedName(deviceClass, view);
        if (!name.isEmpty()) {
          extended.put(REQUESTS + name, count);
        }
      }
    });
    if (extended.isEmpty()) {
      return;
    }
    Map<String, Quantity> ofPod = pods.usage(claim, namespace, view);
    extended.forEach((name, count) -> {
      Quantity already = ofPod.get(name);
      Quantity rest = already == null ? count : count.minus(already);
      if (rest.sign() > 0) {
        used.values().put(name, rest);
      }
    });
  }

  /// What a pod uses may change as well, of which nobody tells; that counts with the next change.
  @Override
  public boolean isToBeCounted(JsonObject old, JsonObject now, ObjectView view) {
    return !old.objectOrEmpty("spec").equals(now.objectOrEmpty("spec"))
        || !Objects.equals(ClaimPods.podOf(old), ClaimPods.podOf(now));
  }
}
