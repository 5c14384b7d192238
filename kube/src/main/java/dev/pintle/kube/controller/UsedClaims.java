package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The PersistentVolumeClaims, which are used by pods that have a node; upstream's `persistentvolumeclaim-protection-controller`.
public final class UsedClaims implements InUseProtection.Protected {
  public static final String CONTROLLER = "persistentvolumeclaim-protection-controller";

  /// Of all namespaces together; those that were asked for lately are remembered.
  private static final int PODS_MAX = 200_000;

  private static final int NAMESPACES_MAX = 1_000;

  private final ResourceType type;
  private final ResourceType pods;
  private final Bytes podPrefix;
  private final ObjectReader reader;
  private final ReentrantLock lock = new ReentrantLock();

  /// By namespace, the one last asked for last. Guarded by `lock`.
  private final Map<String, ClaimUsers> users = new LinkedHashMap<>(16, 0.75f, true);

  /// @param type of PersistentVolumeClaims
  public UsedClaims(ResourceType type, ResourceType pods, ObjectReader reader) {
    this.type = type;
    this.pods = pods;
    this.podPrefix = Keys.collection(pods, "");
    this.reader = reader;
  }

  @Override
  public ResourceType type() {
    return type;
  }

  @Override
  public String finalizer() {
    return "kubernetes.io/pvc-protection";
  }

  @Override
  public boolean isUsed(StoredObject claim, ObjectView view) {
    lock.lock();
    try {
      boolean used =
          users
              .computeIfAbsent(claim.namespace(), namespace -> new ClaimUsers(pods, namespace))
              .isUsed(claim, view);
      makeRoom();
      return used;
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    long known = users.values().stream().mapToLong(ClaimUsers::size).sum();
    var eldest = users.values().iterator();
    while (known > PODS_MAX || users.size() > NAMESPACES_MAX) {
      known -= eldest.next().size();
      eldest.remove();
    }
  }

  /// The name of the claim that is made for a volume of a pod's own.
  static String ownName(StoredObject pod, JsonObject volume) {
    return pod.name() + '-' + volume.textOrEmpty("name");
  }

  @Override
  public List<String> released(WatchEvent event) {
    KeyValue last = event.kind() == WatchEvent.Kind.DELETE ? event.previous() : event.current();
    if (last == null || !event.key().startsWith(podPrefix)) {
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
