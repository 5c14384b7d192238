package dev.pintle.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A namespace with objects of sixty kinds, built in and custom, and its end. Some objects have owners in it, and some a finalizer that a
/// client takes away once they are being deleted.
public final class FullNamespace {
  /// How many kinds of objects it has.
  public static final int KINDS = NamespacedKind.COUNT;

  private static final String FINALIZER = "bench.example.com/held";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final int WRITERS = 16;
  private static final int LOOK_EVERY_MILLIS = 20;

  private final KubeCalls calls;
  private final String name;
  private final List<NamespacedKind> kinds;

  /// The uids of ConfigMaps by their names.
  private final Map<String, String> owners = new ConcurrentHashMap<>();

  /// @param kube `https://host:port`
  /// @param token of an administrator
  /// @throws IOException when the table of kinds cannot be read
  public FullNamespace(String kube, String token, String name) throws IOException {
    this.calls = new KubeCalls(kube, token);
    this.name = name;
    this.kinds = NamespacedKind.all();
  }

  private String path() {
    return "/api/v1/namespaces/" + name;
  }

  /// Makes the namespace and so many objects in it, beside those that controllers add; waits.
  ///
  /// @throws IOException when one is refused
  public void fill(int objects) throws IOException, InterruptedException {
    calls.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
    // Of controllers where there are some, or of nobody: pods cannot be made without it.
    var _ =
        calls.statusOfPost(path() + "/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    define();
    make(objects, kind -> kind.plural().equals(NamespacedKind.OWNERS));
    make(
        objects,
        kind ->
            !kind.plural().equals(NamespacedKind.OWNERS)
                && !kind.plural().equals(NamespacedKind.QUOTAS));
    make(objects, kind -> kind.plural().equals(NamespacedKind.QUOTAS));
  }

  private void define() throws IOException, InterruptedException {
    for (NamespacedKind kind : kinds) {
      if (kind.isCustom()) {
        calls.post(DEFINITIONS, kind.definition());
      }
    }
    for (NamespacedKind kind : kinds) {
      if (kind.isCustom()) {
        String path = kind.collection(name);
        KubeCalls.await(path, () -> calls.statusOf(path) == 200);
      }
    }
  }

  /// Makes those of so many objects that are of some kinds, several at once.
  private void make(int objects, Predicate<NamespacedKind> wanted)
      throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    inParallel(
        WRITERS,
        () -> {
          for (int i = next.getAndIncrement(); i < objects; i = next.getAndIncrement()) {
            NamespacedKind kind = kinds.get(i % KINDS);
            if (wanted.test(kind)) {
              make(kind, "o" + i / KINDS);
            }
          }
          return null;
        });
  }

  private void make(NamespacedKind kind, String object) throws IOException, InterruptedException {
    String metadata = "";
    if (kind.held()) {
      metadata = ",\"finalizers\":[\"%s\"]".formatted(FINALIZER);
    } else if (kind.owned()) {
      metadata =
          """
          ,"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"%s","uid":"%s","blockOwnerDeletion":true}]\
          """
              .formatted(object, owners.get(object));
    }
    String made = calls.post(kind.collection(name), kind.object(name, object, metadata));
    if (kind.plural().equals(NamespacedKind.OWNERS)) {
      owners.put(object, uid(made));
    }
  }

  private static String uid(String object) {
    return text(object, "\"uid\":\"");
  }

  private static String text(String object, String mark) {
    int start = object.indexOf(mark) + mark.length();
    return object.substring(start, object.indexOf('"', start));
  }

  /// How many objects of its kinds it holds.
  public int size() throws IOException, InterruptedException {
    int size = 0;
    for (NamespacedKind kind : kinds) {
      String list = calls.get(kind.collection(name));
      size += list.split("\"uid\":\"", -1).length - 1;
    }
    return size;
  }

  /// Deletes the namespace and waits until it is gone.
  ///
  /// @return how long that took, from the request on, ms
  /// @throws IOException when it is still there after `limit`; the message says what the server says of it
  public long delete(Duration limit) throws IOException, InterruptedException {
    List<Stream<String>> watches = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> releasing = new ArrayList<>();
      for (NamespacedKind kind : kinds) {
        if (kind.held()) {
          Stream<String> watch = calls.lines(kind.collection(name) + "?watch=1");
          watches.add(watch);
          releasing.add(threads.submit(() -> release(kind, watch)));
        }
      }
      long start = System.nanoTime();
      try {
        calls.delete(path(), "{}");
        awaitGone(limit);
      } finally {
        watches.forEach(Stream::close);
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      for (Future<Integer> each : releasing) {
        each.cancel(true);
      }
      return millis;
    }
  }

  private void awaitGone(Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (calls.statusOf(path()) != 404) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "%s: still there after %s (expected: gone): %s"
                .formatted(path(), limit, calls.get(path())));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /// Lets those objects go that are being deleted, until the watch ends; answers how many.
  private int release(NamespacedKind kind, Stream<String> watch)
      throws IOException, InterruptedException {
    int released = 0;
    for (String event : (Iterable<String>) watch::iterator) {
      if (event.contains("\"deletionTimestamp\"")
          && event.contains(FINALIZER)
          && !event.startsWith("{\"type\":\"DELETED\"")) {
        String object = text(event, "\"name\":\"");
        var _ =
            calls.statusOfPatch(
                kind.collection(name) + "/" + object, "{\"metadata\":{\"finalizers\":null}}");
        released++;
      }
    }
    return released;
  }

  /// An action of one of several writers.
  @FunctionalInterface
  private interface Action {
    Void run() throws IOException, InterruptedException;
  }

  private static void inParallel(int threads, Action action)
      throws IOException, InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(executor.submit(action::run));
      }
      for (Future<Void> each : running) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
  }
}
