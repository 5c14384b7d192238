package dev.pintle.kube.garbage;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.controller.EventRecorder;
import dev.pintle.kube.controller.EventRecorder.Involved;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The owners that lie in another namespace than what they are said to own, which no owner may: whoever wrote such a reference is told by
/// an Event. Looks in every namespace for an object of the owner's name, by itself and for a tenth of the time, so that nothing else waits
/// for it; so many references of an object are looked for, and so many objects wait for it. Thread-safe.
final class MisplacedOwners implements AutoCloseable {
  /// References of one object.
  static final int LOOKED_FOR_MAX = 20;

  /// What comes while so many wait is not told of.
  private static final int WAITING_MAX = 1_000;

  /// For each moment that it works it rests for so many.
  private static final int PAUSE_FACTOR = 9;

  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final String REASON = "OwnerRefInvalidNamespace";
  private static final String NEXT = "the next object";

  private final LocalClient client;
  private final ResourceType namespaces;
  private final EventRecorder events;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final ArrayDeque<Suspect> waiting = new ArrayDeque<>();
  private long restsUntilNanos = System.nanoTime();

  /// An object some of whose owners are not where it says.
  private record Suspect(Involved dependent, List<Reference> references) {}

  private record Reference(
      String apiVersion, String kind, ResourceType type, String name, String uid) {
    String told(String namespace) {
      return "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
          .formatted(apiVersion, kind, namespace, name, uid, namespace);
    }
  }

  /// @param namespaces the type of Namespaces
  MisplacedOwners(
      LocalClient client,
      ResourceType namespaces,
      EventRecorder events,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.namespaces = namespaces;
    this.events = events;
    this.queue = queue;
    this.workers = new QueueWorkers<>(GarbageCollector.NAME, queue, failures, _ -> isLookedFor());
    workers.start(1);
  }

  /// Has owners looked for that are not where the object is; does not wait.
  ///
  /// @param missing uids of owners
  void suspect(Target dependent, StoredObject stored, Set<String> missing, TypeSnapshot types) {
    List<Reference> references = new ArrayList<>(0);
    for (JsonObject each : stored.tree().objectAt("metadata").objects("ownerReferences")) {
      String apiVersion = each.textOrEmpty("apiVersion");
      String kind = each.textOrEmpty("kind");
      String uid = each.textOrEmpty("uid");
      ResourceType type =
          missing.contains(uid) ? types.kind(GroupVersionKind.of(apiVersion, kind)) : null;
      if (type != null && type.namespaced() && references.size() < LOOKED_FOR_MAX) {
        references.add(new Reference(apiVersion, kind, type, each.textOrEmpty("name"), uid));
      }
    }
    if (references.isEmpty()) {
      return;
    }
    ResourceType own = dependent.type();
    Involved involved =
        new Involved(
            own.groupVersion().text(),
            own.groupVersionKind().kind(),
            dependent.namespace(),
            dependent.name(),
            stored.uid());
    lock.lock();
    try {
      if (waiting.size() < WAITING_MAX) {
        waiting.add(new Suspect(involved, references));
      }
      queue.addAfter(NEXT, restsUntilNanos - System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Suspect next() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isLookedFor() {
    Suspect suspect = next();
    if (suspect == null) {
      return true;
    }
    long started = System.nanoTime();
    try {
      lookFor(suspect, client.context().view());
    } finally {
      long now = System.nanoTime();
      long pause = Math.min((now - started) * PAUSE_FACTOR, PAUSE_NANOS_MAX);
      lock.lock();
      try {
        restsUntilNanos = now + pause;
      } finally {
        lock.unlock();
      }
      queue.addAfter(NEXT, pause);
    }
    return true;
  }

  private void lookFor(Suspect suspect, ObjectView view) {
    String own = suspect.dependent().namespace();
    List<String> others = namespaces(view);
    others.remove(own);
    for (Reference reference : suspect.references()) {
      if (others.stream().anyMatch(namespace -> isIn(namespace, reference, view))) {
        events.warn(suspect.dependent(), REASON, reference.told(own));
      }
    }
  }

  private List<String> namespaces(ObjectView view) {
    Bytes collection = Keys.collection(namespaces, "");
    List<String> names = new ArrayList<>();
    view.scan(
        RangeRequest.of(Keys.range(namespaces, "")).withContent(RangeRequest.Content.KEYS_ONLY),
        kv -> names.add(Keys.rest(collection, kv.key())));
    return names;
  }

  /// Metadata do, so that nobody is asked to convert what is found.
  private static boolean isIn(String namespace, Reference reference, ObjectView view) {
    StoredObject found = view.findMetadata(reference.type(), namespace, reference.name());
    return found != null && found.uid().equals(reference.uid());
  }

  @Override
  public void close() {
    workers.close();
  }
}
