package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.Optional;

/// A controller that keeps one object in every namespace that is not being deleted: makes it where it is missing, and puts right what must
/// not be changed.
public final class NamespaceObjects implements Informer.Handler, AutoCloseable {
  private static final int WORKERS = 2;
  private static final String ACTIVE = "Active";

  private final LocalClient client;
  private final ResourceType namespaces;
  private final Bytes namespacePrefix;
  private final Kept kept;
  private final Bytes keptPrefix;
  private final String keptSuffix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  /// The object that is kept.
  public interface Kept {
    ResourceType type();

    String name();

    /// As it is made.
    JsonObject make();

    /// What is to be in place of one that is there; empty when it is right.
    Optional<JsonObject> mended(JsonObject there);
  }

  /// @param name by which it is turned on and off
  public NamespaceObjects(
      String name,
      LocalClient client,
      ResourceType namespaces,
      Kept kept,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.namespaces = namespaces;
    this.namespacePrefix = Keys.collection(namespaces, "");
    this.kept = kept;
    this.keptPrefix = Keys.collection(kept.type(), "");
    this.keptSuffix = '/' + kept.name();
    this.queue = queue;
    this.workers = new QueueWorkers<>(name, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(namespacePrefix)) {
      queue.add(Keys.rest(namespacePrefix, kv.key()));
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.key().startsWith(keptPrefix)) {
      String rest = Keys.rest(keptPrefix, event.key());
      if (rest.endsWith(keptSuffix)) {
        queue.add(rest.substring(0, rest.length() - keptSuffix.length()));
      }
    } else {
      present(event.current());
    }
  }

  private boolean isSynced(String namespace) {
    ObjectView view = client.context().view();
    StoredObject home = view.find(namespaces, "", namespace);
    if (home == null || home.isBeingDeleted() || !home.text("status.phase").equals(ACTIVE)) {
      return true;
    }
    StoredObject there = view.find(kept.type(), namespace, kept.name());
    if (there == null) {
      make(namespace);
    } else {
      kept.mended(there.tree()).ifPresent(mended -> mend(namespace, mended));
    }
    return true;
  }

  private void mend(String namespace, JsonObject mended) {
    client.update(new Target(kept.type(), namespace, kept.name()), "", mended);
  }

  /// When the namespace went meanwhile, or somebody else was faster, nothing is missing.
  private void make(String namespace) {
    try {
      client.create(new Target(kept.type(), namespace, ""), kept.make());
    } catch (StatusError refused) {
      if (!Refusals.isGone(refused)
          && !Refusals.isOvertaken(refused)
          && !Refusals.isTerminating(refused)) {
        throw refused;
      }
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
