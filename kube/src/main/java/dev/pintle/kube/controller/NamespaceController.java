package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Verb;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.store.StoredTypes;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The controller of namespaces that are being deleted: deletes what is in them, pods before all else, says in their conditions what
/// remains, and lets them go when nothing does. Upstream's `namespace-controller`, which looks again after a guess of how long the rest
/// takes, where this one sees the rest go.
public final class NamespaceController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "namespace-controller";

  private static final String FINALIZER = "kubernetes";
  private static final int WORKERS = 4;
  private static final int DELETIONS_AT_ONCE = 16;
  private static final int IDLE_SECONDS = 10;

  /// How long one waits for more to go before one looks again: a look is a walk over all that is left, and takes a fifth of the time at
  /// most.
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int PAUSE_FACTOR = 4;
  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  /// When one looks again although nothing was seen to go.
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final LocalClient client;

  /// Nothing is made anew in a namespace that goes.
  private final LocalClient deleting;

  private final StoredTypes types;
  private final ResourceType namespaces;
  private final ResourceType pods;
  private final Bytes prefix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;
  private final Semaphore deletions = new Semaphore(DELETIONS_AT_ONCE);
  private final ExecutorService threads = deletionThreads();

  /// Those that wait for what is in them to go, each with how long to wait before one looks again.
  private final Map<String, Long> emptying = new ConcurrentHashMap<>();

  public NamespaceController(
      LocalClient client,
      StoredTypes types,
      ResourceType namespaces,
      ResourceType pods,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.deleting = client.unrestrained();
    this.types = types;
    this.namespaces = namespaces;
    this.pods = pods;
    this.prefix = Keys.collection(namespaces, "");
    this.queue = queue;
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  /// No virtual ones: what they delete may be large, and nobody else is to wait for it.
  private static ExecutorService deletionThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            DELETIONS_AT_ONCE,
            DELETIONS_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("kube-namespace-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(prefix)
        && client.context().objects().read(namespaces, kv).isBeingDeleted()) {
      queue.add(Keys.rest(prefix, kv.key()));
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.kind() == WatchEvent.Kind.PUT) {
      present(event.current());
    } else if (!emptying.isEmpty()) {
      String namespace = namespaceOf(event.key().utf8());
      Long pauseNanos = emptying.get(namespace);
      if (pauseNanos != null) {
        queue.addAfter(namespace, pauseNanos);
      }
    }
  }

  private static String namespaceOf(String key) {
    int name = key.lastIndexOf('/');
    int namespace = name <= 0 ? -1 : key.lastIndexOf('/', name - 1);
    return namespace < 0 ? "" : key.substring(namespace + 1, name);
  }

  private boolean isSynced(String name) {
    ObjectView view = client.context().view();
    StoredObject stored = view.find(namespaces, "", name);
    if (stored == null || !stored.isBeingDeleted() || !isHeldByUs(stored.tree())) {
      emptying.remove(name);
      return true;
    }
    emptying.putIfAbsent(name, LOOK_NANOS);
    long started = System.nanoTime();
    NamespaceConditions conditions = new NamespaceConditions();
    empty(pods, name, conditions);
    if (conditions.isEmpty()) {
      for (ResourceType type : types.all()) {
        if (type.namespaced() && !type.equals(pods) && type.allows(Verb.DELETE)) {
          empty(type, name, conditions);
        }
      }
    }
    long pauseNanos = Math.min(PAUSE_FACTOR * (System.nanoTime() - started), PAUSE_NANOS_MAX);
    emptying.put(name, Math.max(LOOK_NANOS, pauseNanos));
    tell(name, conditions);
    if (conditions.isEmpty()) {
      finish(name);
    } else {
      queue.addAfter(name, LOOK_AGAIN_NANOS);
    }
    return !conditions.hasFailures();
  }

  private static boolean isHeldByUs(JsonObject namespace) {
    return namespace.objectOrEmpty("spec").texts("finalizers").contains(FINALIZER);
  }

  /// Deletes what a namespace holds of one resource, and says what remains of it.
  private void empty(ResourceType type, String namespace, NamespaceConditions conditions) {
    List<LocalClient.Target> targets = new ArrayList<>();
    each(
        type,
        namespace,
        stored -> {
          if (!stored.isBeingDeleted()) {
            targets.add(
                new LocalClient.Target(types.asStored(type, stored), namespace, stored.name()));
          }
        });
    deleteAll(targets, conditions);
    int[] remaining = new int[1];
    Map<String, Integer> held = new HashMap<>();
    each(
        type,
        namespace,
        stored -> {
          remaining[0]++;
          stored.facts().finalizers().forEach(finalizer -> held.merge(finalizer, 1, Integer::sum));
        });
    if (remaining[0] > 0) {
      conditions.remain(type.plural() + '.' + type.group(), remaining[0], held);
    }
  }

  private void each(ResourceType type, String namespace, Consumer<StoredObject> visitor) {
    ObjectView view = client.context().view();
    view.scan(
        RangeRequest.of(Keys.range(type, namespace)),
        kv -> {
          visitor.accept(view.readMetadata(type, kv));
          return true;
        });
  }

  private void deleteAll(List<LocalClient.Target> targets, NamespaceConditions conditions) {
    List<Future<?>> running = new ArrayList<>();
    try {
      for (LocalClient.Target target : targets) {
        deletions.acquire();
        running.add(
            threads.submit(() -> {
              try {
                delete(target);
              } finally {
                deletions.release();
              }
            }));
      }
      for (Future<?> each : running) {
        await(each, conditions);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Future<?> deletion, NamespaceConditions conditions)
      throws InterruptedException {
    try {
      deletion.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      conditions.fail(String.valueOf(cause == null ? failed : cause.getMessage()));
    }
  }

  private void delete(LocalClient.Target target) {
    JsonObject background = new JsonObject().set("propagationPolicy", "Background");
    Refusals.unlessGone(() -> deleting.delete(target, background));
  }

  /// Writes the conditions when they are others than before.
  private void tell(String name, NamespaceConditions conditions) {
    StoredObject stored = client.context().view().find(namespaces, "", name);
    if (stored == null) {
      return;
    }
    JsonObject now = stored.tree();
    if (conditions.set(now, client.context().clock().instant())) {
      client.update(new LocalClient.Target(namespaces, "", name), "status", now);
    }
  }

  private void finish(String name) {
    StoredObject stored = client.context().view().find(namespaces, "", name);
    if (stored == null) {
      return;
    }
    JsonObject last = stored.tree();
    JsonArray others = new JsonArray();
    for (String finalizer : last.objectAt("spec").texts("finalizers")) {
      if (!finalizer.equals(FINALIZER)) {
        others.add(Json.of(finalizer));
      }
    }
    last.objectAt("spec").set("finalizers", others);
    client.update(new LocalClient.Target(namespaces, "", name), "finalize", last);
    emptying.remove(name);
  }

  @Override
  public void close() {
    workers.close();
    threads.close();
  }
}
