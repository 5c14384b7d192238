package dev.pintle.kube.garbage;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.EventRecorder;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.controller.Refusals;
import dev.pintle.kube.garbage.OwnerGraph.Node;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.store.StoredTypes;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.Restrained;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The controller that ends objects whose owners are all gone, lets owners go that waited for their dependents, and frees dependents of
/// owners that leave them behind: upstream's `garbage-collector-controller`, by its rules. Whether an owner is there is asked of the store
/// and not of the graph, so that nothing is ended by mistake.
public final class GarbageCollector implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "garbage-collector-controller";

  private static final int WORKERS = 8;

  private final LocalClient client;
  private final TypeRegistry registry;
  private final StoredTypes types;
  private final Bytes events;
  private final OwnerGraph graph = new OwnerGraph();
  private final MisplacedOwners misplaced;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  /// The keys of objects that have other owners than before: only of those it is told when an owner is misplaced.
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();

  /// The queues that it works from.
  ///
  /// @param objects keys in the store
  /// @param misplaced for objects whose owners may be elsewhere
  public record Queues(WorkQueue<String> objects, WorkQueue<String> misplaced) {}

  public GarbageCollector(
      LocalClient client,
      TypeRegistry registry,
      StoredTypes types,
      ResourceType events,
      ResourceType namespaces,
      Queues queues,
      ControllerFailures failures) {
    this.client = client;
    this.registry = registry;
    this.types = types;
    this.events = Keys.collection(events, "");
    this.misplaced =
        new MisplacedOwners(
            client,
            namespaces,
            new EventRecorder(client, events, NAME, failures),
            queues.misplaced(),
            failures);
    this.queue = queues.objects();
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  // What is told of objects.

  @Override
  public void replacing() {
    graph.clear();
  }

  @Override
  public void present(KeyValue kv) {
    StoredObject object = read(kv);
    if (object != null) {
      graph.put(kv.key().utf8(), Node.of(object));
    }
  }

  @Override
  public void replaced() {
    graph.keys().forEach(queue::add);
  }

  @Override
  public void changed(WatchEvent event) {
    switch (event.kind()) {
      case PUT -> written(event.current());
      case DELETE -> deleted(event);
    }
  }

  /// Events belong to nobody and are many.
  private @Nullable StoredObject read(KeyValue kv) {
    if (kv.key().startsWith(events)) {
      return null;
    }
    ResourceType type = types.of(kv.key().utf8());
    return type == null ? null : client.context().objects().readMetadata(type, kv);
  }

  private void written(KeyValue kv) {
    StoredObject object = read(kv);
    if (object == null) {
      return;
    }
    String key = kv.key().utf8();
    Node now = Node.of(object);
    Node before = graph.put(key, now);
    if (before != null && !before.uid().equals(now.uid())) {
      gone(before);
      before = null;
    }
    boolean startsToWait = now.foreground() && (before == null || !before.foreground());
    if (startsToWait) {
      graph.dependents(now.uid()).forEach(queue::add);
    }
    boolean startsToOrphan = now.orphaning() && (before == null || !before.orphaning());
    boolean ownersChanged =
        before == null ? !now.owners().isEmpty() : !before.owners().equals(now.owners());
    if (ownersChanged) {
      fresh.add(key);
    }
    if (startsToWait || startsToOrphan || ownersChanged) {
      queue.add(key);
    }
    if (before != null && !before.blocked().equals(now.blocked())) {
      graph.freed(before.blocked()).forEach(queue::add);
    }
  }

  private void deleted(WatchEvent event) {
    Node before = graph.remove(event.key().utf8());
    if (before == null) {
      StoredObject last = event.previous() == null ? null : read(event.previous());
      before = last == null ? null : Node.of(last);
    }
    if (before != null) {
      gone(before);
    }
  }

  private void gone(Node last) {
    graph.dependents(last.uid()).forEach(queue::add);
    // Of many that go one after the other only the last one matters.
    graph.freed(last.owners()).forEach(queue::add);
  }

  // What is done about them.

  private boolean isSynced(String key) {
    boolean isFresh = fresh.remove(key);
    Node node = graph.find(key);
    ResourceType type = types.of(key);
    ObjectView view = client.context().view();
    if (node == null || type == null) {
      return true;
    }
    Target target = target(type, key);
    StoredObject stored = view.findMetadata(type, target.namespace(), target.name());
    if (stored == null || !stored.uid().equals(node.uid())) {
      return true;
    }
    target = target(types.asStored(type, stored), key);
    Node now = Node.of(stored);
    if (now.orphaning()) {
      orphan(target, stored);
    } else if (now.foreground()) {
      finishWaiting(target, stored);
    } else if (!now.deleting()) {
      return isCollected(target, stored, isFresh, view);
    }
    return true;
  }

  private static Target target(ResourceType type, String key) {
    String rest = Keys.rest(Keys.collection(type, ""), Bytes.utf8(key));
    int slash = rest.indexOf('/');
    return slash < 0
        ? new Target(type, "", rest)
        : new Target(type, rest.substring(0, slash), rest.substring(slash + 1));
  }

  /// Ends an object none of whose owners is there to stay; false when one is of a kind of which nothing is known yet.
  private boolean isCollected(
      Target target, StoredObject stored, boolean isFresh, ObjectView view) {
    JsonObject tree = stored.tree();
    TypeSnapshot served = registry.current();
    ClassifiedOwners owners = ClassifiedOwners.classify(target, tree, served, view);
    if (isFresh) {
      misplaced.suspect(target, stored, owners.missing(), served);
    }
    if (!owners.misplaced().isEmpty() || stored.facts().ownerUids().isEmpty()) {
      return true;
    }
    if (owners.unknown()) {
      return false;
    }
    if (!owners.solid().isEmpty()) {
      Set<String> superfluous = owners.superfluous();
      if (!superfluous.isEmpty()) {
        own(
            target,
            stored,
            ClassifiedOwners.without(
                tree, reference -> superfluous.contains(reference.textOrEmpty("uid"))));
      }
    } else if (!owners.waiting().isEmpty() && !graph.dependents(stored.uid()).isEmpty()) {
      if (hasWaitingDependents(stored.uid())) {
        own(target, stored, ClassifiedOwners.unblocking(tree));
      }
      delete(target, stored, "Foreground");
    } else {
      delete(target, stored, policy(stored));
    }
    return true;
  }

  /// A sign of a circle of owners, none of which would ever go.
  private boolean hasWaitingDependents(String uid) {
    return graph.dependents(uid).stream()
        .map(graph::find)
        .anyMatch(node -> node != null && node.foreground());
  }

  private static String policy(StoredObject stored) {
    List<String> finalizers = stored.facts().finalizers();
    if (finalizers.contains(OwnerGraph.ORPHAN)) {
      return "Orphan";
    }
    return finalizers.contains(OwnerGraph.FOREGROUND) ? "Foreground" : "Background";
  }

  private void delete(Target target, StoredObject stored, String policy) {
    JsonObject preconditions = new JsonObject().set("uid", stored.uid());
    JsonObject options =
        new JsonObject().set("preconditions", preconditions).set("propagationPolicy", policy);
    Refusals.unlessGone(() -> client.delete(target, options));
  }

  /// Lets an object go that has nothing left to wait for; else sees to it that what it waits for goes.
  private void finishWaiting(Target target, StoredObject stored) {
    List<String> blocking = graph.blockingDependents(stored.uid());
    if (blocking.isEmpty()) {
      removeFinalizer(target, stored, OwnerGraph.FOREGROUND);
    }
    for (String key : blocking) {
      Node dependent = graph.find(key);
      if (dependent != null && !dependent.foreground()) {
        queue.add(key);
      }
    }
  }

  /// Takes an owner out of its dependents, which stay, and lets it go.
  private void orphan(Target target, StoredObject owner) {
    Restrained.each(
        graph.dependents(owner.uid()),
        key -> {
          ResourceType type = types.of(key);
          if (type != null) {
            free(target(type, key), owner.uid());
          }
        });
    removeFinalizer(target, owner, OwnerGraph.ORPHAN);
  }

  private void free(Target dependent, String ownerUid) {
    StoredObject stored =
        client
            .context()
            .view()
            .findMetadata(dependent.type(), dependent.namespace(), dependent.name());
    if (stored != null && stored.facts().ownerUids().contains(ownerUid)) {
      own(
          new Target(
              types.asStored(dependent.type(), stored), dependent.namespace(), dependent.name()),
          stored,
          ClassifiedOwners.without(
              stored.tree(), reference -> reference.textOrEmpty("uid").equals(ownerUid)));
    }
  }

  private void own(Target target, StoredObject stored, JsonArray references) {
    patch(target, stored, "ownerReferences", references.isEmpty() ? Json.Null.NULL : references);
  }

  private void removeFinalizer(Target target, StoredObject stored, String finalizer) {
    JsonArray kept = new JsonArray();
    for (String each : stored.facts().finalizers()) {
      if (!each.equals(finalizer)) {
        kept.add(Json.of(each));
      }
    }
    patch(target, stored, "finalizers", kept);
  }

  /// Only of the object as it was seen: who is overtaken looks again.
  private void patch(Target target, StoredObject stored, String field, Json value) {
    JsonObject metadata =
        new JsonObject()
            .set("uid", stored.uid())
            .set("resourceVersion", Long.toString(stored.version()))
            .set(field, value);
    Refusals.unlessGone(
        () -> client.mergePatch(target, new JsonObject().set("metadata", metadata)));
  }

  @Override
  public void close() {
    workers.close();
    misplaced.close();
  }
}
