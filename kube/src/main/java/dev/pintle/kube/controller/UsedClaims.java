package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;

/// The PersistentVolumeClaims, which are used by pods that have a node; upstream's `persistentvolumeclaim-protection-controller`.
///
/// @param type of PersistentVolumeClaims
public record UsedClaims(ResourceType type, ResourceType pods, ObjectReader reader)
    implements InUseProtection.Protected {
  public static final String CONTROLLER = "persistentvolumeclaim-protection-controller";

  @Override
  public String finalizer() {
    return "kubernetes.io/pvc-protection";
  }

  @Override
  public boolean isUsed(StoredObject claim, ObjectView view) {
    boolean[] used = new boolean[1];
    view.scan(
        RangeRequest.of(Keys.range(pods, claim.namespace())),
        kv -> {
          used[0] = uses(view.read(pods, kv), claim);
          return !used[0];
        });
    return used[0];
  }

  private static boolean uses(StoredObject pod, StoredObject claim) {
    if (pod.text("spec.nodeName").isEmpty()) {
      return false;
    }
    JsonObject tree = pod.tree();
    boolean owns = claim.facts().ownerUids().contains(pod.uid());
    for (JsonObject volume : tree.objectOrEmpty("spec").objects("volumes")) {
      JsonObject named = volume.object("persistentVolumeClaim");
      if (named != null && named.textOrEmpty("claimName").equals(claim.name())) {
        return true;
      }
      boolean own =
          volume.object("ephemeral") != null
              && ownName(pod, volume).equals(claim.name())
              && owns
              && !isShutDown(pod, tree);
      if (own) {
        return true;
      }
    }
    return false;
  }

  /// The name of the claim that is made for a volume of a pod's own.
  private static String ownName(StoredObject pod, JsonObject volume) {
    return pod.name() + '-' + volume.textOrEmpty("name");
  }

  /// It is deleted for good, and only waits to be gone: its volumes are out of use.
  private static boolean isShutDown(StoredObject pod, JsonObject tree) {
    return pod.isBeingDeleted()
        && tree.objectOrEmpty("metadata").get("deletionGracePeriodSeconds")
            instanceof Json.Whole(long seconds)
        && seconds == 0;
  }

  @Override
  public List<String> released(WatchEvent event) {
    KeyValue last = event.kind() == WatchEvent.Kind.DELETE ? event.previous() : event.current();
    if (last == null || !event.key().startsWith(Keys.collection(pods, ""))) {
      return List.of();
    }
    StoredObject pod = reader.read(pods, last);
    if (event.kind() == WatchEvent.Kind.PUT && !pod.isBeingDeleted()) {
      return List.of();
    }
    List<String> claims = new ArrayList<>();
    for (JsonObject volume : pod.tree().objectOrEmpty("spec").objects("volumes")) {
      JsonObject named = volume.object("persistentVolumeClaim");
      if (named != null) {
        claims.add(pod.namespace() + '/' + named.textOrEmpty("claimName"));
      } else if (volume.object("ephemeral") != null) {
        claims.add(pod.namespace() + '/' + ownName(pod, volume));
      }
    }
    return claims;
  }
}
