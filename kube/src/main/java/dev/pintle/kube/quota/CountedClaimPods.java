package dev.pintle.kube.quota;

import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The pods of all claims of a namespace, for one count: each pod is looked at once, and the claims once more to find the first of each
/// pod. Not thread-safe.
final class CountedClaimPods implements ClaimPods {
  private final Function<String, ResourceType> types;
  private final UsageEvaluator pods;
  private final String namespace;
  private final ObjectView view;
  private final Map<String, OwnerPod> byName = new HashMap<>();

  /// The ages of the oldest claims by the uids of their pods; null until somebody asks.
  private @Nullable Map<String, String> oldest;

  /// A pod that claims name.
  ///
  /// @param uid empty for one that is not there
  /// @param claim that it says to be its own; null when it says nothing
  private record OwnerPod(String uid, @Nullable String claim, Map<String, Quantity> usage) {}

  CountedClaimPods(
      Function<String, ResourceType> types,
      UsageEvaluator pods,
      String namespace,
      ObjectView view) {
    this.types = types;
    this.pods = pods;
    this.namespace = namespace;
    this.view = view;
  }

  @Override
  public ClaimPods overAll(String other, ObjectView now) {
    return new CountedClaimPods(types, pods, other, now);
  }

  @Override
  public Map<String, Quantity> usage(JsonObject claim, String ofClaim, ObjectView now) {
    JsonObject owner = ClaimPods.podOf(claim);
    if (owner == null) {
      return Map.of();
    }
    OwnerPod pod = byName.computeIfAbsent(owner.textOrEmpty("name"), this::pod);
    if (pod.uid().isEmpty() || !pod.uid().equals(owner.textOrEmpty("uid"))) {
      return Map.of();
    }
    boolean belongs =
        pod.claim() == null
            ? ClaimPods.age(claim).equals(oldest().get(pod.uid()))
            : pod.claim().equals(claim.objectOrEmpty("metadata").textOrEmpty("name"));
    return belongs ? pod.usage() : Map.of();
  }

  private OwnerPod pod(String name) {
    StoredObject pod = view.find(types.apply("pods"), namespace, name);
    if (pod == null) {
      return new OwnerPod("", null, Map.of());
    }
    JsonObject tree = pod.tree();
    JsonObject known = tree.objectOrEmpty("status").object("extendedResourceClaimStatus");
    return new OwnerPod(
        pod.uid(),
        known == null ? null : known.textOrEmpty("resourceClaimName"),
        pods.usage(tree, namespace, view).values());
  }

  private Map<String, String> oldest() {
    Map<String, String> known = oldest;
    if (known == null) {
      known = look();
      oldest = known;
    }
    return known;
  }

  private Map<String, String> look() {
    Map<String, String> ages = new HashMap<>();
    ResourceType type = types.apply("resourceclaims");
    view.scan(
        RangeRequest.of(Keys.range(type, namespace)),
        kv -> {
          StoredObject claim = view.read(type, kv);
          JsonObject owner =
              claim.facts().ownerUids().isEmpty() ? null : ClaimPods.podOf(claim.tree());
          if (owner != null) {
            ages.merge(
                owner.textOrEmpty("uid"),
                ClaimPods.age(claim.tree()),
                (one, other) -> one.compareTo(other) <= 0 ? one : other);
          }
          return true;
        });
    return ages;
  }
}
