package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The pods of one namespace that have a node, found by the claims that they use, brought up to the store before they are asked for: of many
/// claims that are released one after the other each costs what changed since.
final class ClaimUsers {
  /// Who names a claim, whoever owns that.
  private static final String ANYBODY = "";

  private final ResourceType pods;
  private final KeyRange range;
  private long revision;
  private final Map<Bytes, List<String>> claimsByPod = new HashMap<>();

  /// The uids of those that use a claim which is made for them, or [#ANYBODY], by claim and pod.
  private final Map<String, Map<Bytes, String>> users = new HashMap<>();

  ClaimUsers(ResourceType pods, String namespace) {
    this.pods = pods;
    this.range = Keys.range(pods, namespace);
  }

  /// How many pods it knows.
  int size() {
    return claimsByPod.size();
  }

  boolean isUsed(StoredObject claim, ObjectView view) {
    follow(view);
    List<String> owners = claim.facts().ownerUids();
    return users.getOrDefault(claim.name(), Map.of()).values().stream()
        .anyMatch(uid -> uid.equals(ANYBODY) || owners.contains(uid));
  }

  private void follow(ObjectView view) {
    if (view.revision() <= revision) {
      return;
    }
    if (revision == 0 || view.compactedRevision() > revision) {
      claimsByPod.clear();
      users.clear();
      view.each(pods, range, this::put);
    } else {
      List<Bytes> changed = new ArrayList<>(0);
      view.changedKeys(range, revision, changed::add);
      for (Bytes key : changed) {
        remove(key);
        for (KeyValue now : view.range(RangeRequest.of(KeyRange.point(key))).entries()) {
          put(view.read(pods, now));
        }
      }
    }
    revision = view.revision();
  }

  private void remove(Bytes key) {
    List<String> claims = claimsByPod.remove(key);
    if (claims != null) {
      for (String claim : claims) {
        users.computeIfPresent(
            claim,
            (_, own) -> {
              own.remove(key);
              return own.isEmpty() ? null : own;
            });
      }
    }
  }

  private void put(StoredObject pod) {
    if (pod.text("spec.nodeName").isEmpty()) {
      return;
    }
    JsonObject tree = pod.tree();
    List<String> claims = new ArrayList<>(0);
    for (JsonObject volume : tree.objectOrEmpty("spec").objects("volumes")) {
      JsonObject named = volume.object("persistentVolumeClaim");
      if (named != null) {
        put(pod.key(), named.textOrEmpty("claimName"), ANYBODY, claims);
      } else if (volume.object("ephemeral") != null && !isShutDown(pod, tree)) {
        put(pod.key(), UsedClaims.ownName(pod, volume), pod.uid(), claims);
      }
    }
    if (!claims.isEmpty()) {
      claimsByPod.put(pod.key(), claims);
    }
  }

  private void put(Bytes pod, String claim, String uid, List<String> claims) {
    claims.add(claim);
    users
        .computeIfAbsent(claim, _ -> new HashMap<>())
        .merge(pod, uid, (one, other) -> one.equals(ANYBODY) ? one : other);
  }

  /// It is deleted for good, and only waits to be gone: its volumes are out of use.
  private static boolean isShutDown(StoredObject pod, JsonObject tree) {
    return pod.isBeingDeleted()
        && tree.objectOrEmpty("metadata").get("deletionGracePeriodSeconds")
            instanceof Json.Whole(long seconds)
        && seconds == 0;
  }
}
