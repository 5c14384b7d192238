package dev.pintle.kube.endpoint;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectIndex;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The slices that one controller looks after, and what happens to them.
///
/// @param manager the controller, as slices name it
record SliceEvents(
    ResourceType slices, ObjectReader reader, String manager, WorkQueue<String> queue) {
  private static final int NAME_CHARACTERS_MAX = 253;

  /// Most changes are the controller's own, and come several at a time.
  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  void present(KeyValue kv) {
    if (kv.key().startsWith(Keys.collection(slices, ""))) {
      SliceLabels.services(manager, List.of(reader.read(slices, kv))).forEach(queue::add);
    }
  }

  void changed(WatchEvent event) {
    Bytes prefix = Keys.collection(slices, "");
    if (event.key().startsWith(prefix)) {
      List<StoredObject> states = new ArrayList<>(2);
      if (event.previous() != null) {
        states.add(reader.read(slices, event.previous()));
      }
      if (event.kind() == WatchEvent.Kind.PUT) {
        states.add(reader.read(slices, event.current()));
      }
      SliceLabels.services(manager, states).forEach(key -> queue.addAfter(key, DELAY_NANOS));
    }
  }

  /// The slices of all services, by the names of those.
  static ObjectIndex index(ResourceType slices) {
    return new ObjectIndex(slices, Keys.range(slices, ""), SliceEvents::service);
  }

  private static List<String> service(StoredObject slice) {
    String name = slice.labels().get(SliceLabels.SERVICE);
    return name == null ? List.of() : List.of(slice.namespace() + '/' + name);
  }

  /// The slices of a service, those apart that are being deleted.
  ///
  /// @param index see [#index]
  /// @param service `NAMESPACE/NAME`
  static List<JsonObject> existing(
      ObjectView view, ObjectIndex index, String service, String manager) {
    List<JsonObject> existing = new ArrayList<>();
    index.each(
        service,
        view,
        slice -> {
          if (manager.equals(slice.labels().get(SliceLabels.MANAGED_BY))
              && !slice.isBeingDeleted()) {
            existing.add(slice.tree());
          }
        });
    return existing;
  }

  /// The metadata of a new slice, but for its labels.
  ///
  /// @param name of its owner, from which its own is made
  static JsonObject metadata(String namespace, String name, String kind, String uid) {
    JsonObject owner =
        new JsonObject()
            .set("apiVersion", "v1")
            .set("kind", kind)
            .set("name", name)
            .set("uid", uid)
            .set("controller", Json.of(true))
            .set("blockOwnerDeletion", Json.of(true));
    return new JsonObject()
        .set("generateName", name.length() < NAME_CHARACTERS_MAX ? name + '-' : name)
        .set("namespace", namespace)
        .set("ownerReferences", JsonArray.of(owner));
  }
}
