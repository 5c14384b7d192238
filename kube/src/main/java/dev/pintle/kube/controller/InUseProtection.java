package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.List;

/// A controller that lets objects go which are being deleted, once nobody uses them any more, by taking away the finalizer that held
/// them.
public final class InUseProtection implements Informer.Handler, AutoCloseable {
  private static final int WORKERS = 2;

  private final LocalClient client;
  private final Protected kept;
  private final Bytes prefix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  /// The objects that are protected.
  public interface Protected {
    ResourceType type();

    String finalizer();

    boolean isUsed(StoredObject object, ObjectView view);

    /// The objects that may be free after a change of something else: `NAME`, or `NAMESPACE/NAME`.
    List<String> released(WatchEvent event);
  }

  /// @param name by which it is turned on and off
  public InUseProtection(
      String name,
      LocalClient client,
      Protected kept,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.kept = kept;
    this.prefix = Keys.collection(kept.type(), "");
    this.queue = queue;
    this.workers = new QueueWorkers<>(name, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(prefix)) {
      StoredObject object = client.context().objects().read(kept.type(), kv);
      boolean held = object.facts().finalizers().contains(kept.finalizer());
      if (held == object.isBeingDeleted()) {
        queue.add(Keys.rest(prefix, kv.key()));
      }
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.kind() == WatchEvent.Kind.PUT) {
      present(event.current());
    }
    kept.released(event).forEach(queue::add);
  }

  private boolean isSynced(String rest) {
    String[] names = rest.split("/", -1);
    String name = names[names.length - 1];
    String namespace = names.length == 1 ? "" : names[0];
    ObjectView view = client.context().view();
    StoredObject object = view.find(kept.type(), namespace, name);
    if (object == null) {
      return true;
    }
    Target target = new Target(kept.type(), namespace, name);
    boolean held = object.facts().finalizers().contains(kept.finalizer());
    if (object.isBeingDeleted()) {
      if (held && !kept.isUsed(object, view)) {
        hold(target, object, false);
      }
    } else if (!held) {
      // Made before the admission plugin was there.
      hold(target, object, true);
    }
    return true;
  }

  private void hold(Target target, StoredObject object, boolean held) {
    JsonArray finalizers = new JsonArray();
    for (String each : object.facts().finalizers()) {
      if (!each.equals(kept.finalizer())) {
        finalizers.add(Json.of(each));
      }
    }
    if (held) {
      finalizers.add(Json.of(kept.finalizer()));
    }
    JsonObject changed = object.tree();
    changed.objectAt("metadata").set("finalizers", finalizers);
    client.update(target, "", changed);
  }

  @Override
  public void close() {
    workers.close();
  }
}
