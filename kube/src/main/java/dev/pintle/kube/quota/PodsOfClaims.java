package dev.pintle.kube.quota;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.Map;
import java.util.function.Function;

/// The pods of single claims, as one that is written asks for its own.
///
/// @param types of `pods` and `resourceclaims`
/// @param pods what a pod uses
record PodsOfClaims(Function<String, ResourceType> types, UsageEvaluator pods)
    implements ClaimPods {
  /// So many other claims are looked at closely; who has more counts in full until all are counted.
  private static final int LOOKED_AT_MAX = 100;

  @Override
  public ClaimPods overAll(String namespace, ObjectView view) {
    return new CountedClaimPods(types, pods, namespace, view);
  }

  @Override
  public Map<String, Quantity> usage(JsonObject claim, String namespace, ObjectView view) {
    JsonObject owner = ClaimPods.podOf(claim);
    if (owner == null) {
      return Map.of();
    }
    String uid = owner.textOrEmpty("uid");
    StoredObject pod = view.find(types.apply("pods"), namespace, owner.textOrEmpty("name"));
    if (pod == null || !pod.uid().equals(uid)) {
      return Map.of();
    }
    JsonObject tree = pod.tree();
    JsonObject known = tree.objectOrEmpty("status").object("extendedResourceClaimStatus");
    String name = claim.objectOrEmpty("metadata").textOrEmpty("name");
    boolean belongs =
        known == null
            ? isFirst(claim, uid, namespace, view)
            : known.textOrEmpty("resourceClaimName").equals(name);
    return belongs ? pods.usage(tree, namespace, view).values() : Map.of();
  }

  /// Whether no other claim of the pod is older.
  private boolean isFirst(JsonObject claim, String uid, String namespace, ObjectView view) {
    First first = new First(types.apply("resourceclaims"), uid, ClaimPods.age(claim), view);
    view.scan(RangeRequest.of(Keys.range(first.type, namespace)), first::isStill);
    return first.still;
  }

  /// The search for a claim of a pod that is older than one.
  private static final class First {
    private final ResourceType type;
    private final String uid;
    private final String age;
    private final ObjectView view;
    private boolean still = true;
    private int left = LOOKED_AT_MAX;

    First(ResourceType type, String uid, String age, ObjectView view) {
      this.type = type;
      this.uid = uid;
      this.age = age;
      this.view = view;
    }

    private boolean isStill(KeyValue kv) {
      StoredObject other = view.read(type, kv);
      // The metadata tells of nearly all that they do not count, without the whole being read.
      if (other.facts().ownerUids().contains(uid)
          && (other.text("metadata.creationTimestamp") + ' ' + other.name()).compareTo(age) < 0) {
        JsonObject owner = ClaimPods.podOf(other.tree());
        still = --left > 0 && (owner == null || !owner.textOrEmpty("uid").equals(uid));
      }
      return still;
    }
  }
}
