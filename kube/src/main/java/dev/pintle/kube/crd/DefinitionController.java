package dev.pintle.kube.crd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The controller that serves what definitions describe. It follows them in the store, settles their status, and tells the [TypeRegistry]; when
/// a definition is being deleted it deletes the resource's objects first.
///
/// All of it happens on one thread of its own, in the order of the store, so that no two definitions are judged at once. It is one
/// of the operating system's: hundreds of definitions keep no request from its thread.
public final class DefinitionController implements AutoCloseable {
  public static final String CLEANUP_FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
  private static final GroupVersionKind KIND =
      GroupVersionKind.of("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  private static final String NAME = "kube-definitions";
  private static final String DONE = "";
  private static final long RETRY_MILLIS = 1_000;

  private final Member member;
  private final TypeRegistry registry;
  private final FieldOwnership ownership;
  private final ControllerFailures failures;
  private final Clock clock;
  private final CustomTypes types;
  private final ResourceType resource;
  private final BuiltInGroups builtInClaims;
  private final CustomResources instances;
  // Of the thread alone, once it runs.
  private final DefinitionIndex known;
  // What is served of each definition, by its name; of the thread alone, once it runs.
  private final Map<String, Published> published = new HashMap<>();
  // Served from the start, with schemas that wait to be made small; of the thread alone, once it
  // runs.
  private final Map<String, CustomResourceDefinition> unpacked = new HashMap<>();
  private volatile boolean closed;
  // Names of definitions that changed; DONE ends the thread. Bounded by the changes of definitions,
  // which are few.
  private final LinkedBlockingQueue<String> changed = new LinkedBlockingQueue<>();
  private final WatchHub.Stream stream;
  private final Thread thread;

  /// Serves every definition that is stored before it returns, and follows changes from then on.
  public DefinitionController(
      Member member,
      TypeRegistry registry,
      ObjectReader reader,
      BuiltInTypes builtIn,
      FieldOwnership ownership,
      Clock clock,
      ControllerFailures failures) {
    this.member = member;
    this.failures = failures;
    failures.register(NAME);
    this.ownership = ownership;
    this.registry = registry;
    this.clock = clock;
    this.types = new CustomTypes(builtIn);
    this.resource = Objects.requireNonNull(builtIn.snapshot().kind(KIND), KIND.toString());
    this.builtInClaims = new BuiltInGroups(builtIn.snapshot());
    this.instances = new CustomResources(member);
    this.known = new DefinitionIndex(resource, reader);
    StoreView view = member.view();
    serveStored(view);
    this.stream = member.watches().open(this::accept);
    stream.create(
        0,
        new WatchHub.Spec(Keys.range(resource, ""), view.revision() + 1, true, true, false, false));
    this.thread = Thread.ofPlatform().daemon().name(NAME).start(this::run);
  }

  /// All that is stored at once: each alone would make the snapshot of all types anew.
  private void serveStored(StoreView view) {
    Map<String, List<ResourceType>> all = new HashMap<>();
    known.follow(
        view,
        definition -> {
          all.put(definition.name(), served(definition));
          published.put(definition.name(), Published.of(definition));
          unpacked.put(definition.name(), definition);
          changed.add(definition.name());
        });
    registry.publish(all);
  }

  private boolean accept(List<WatchHub.Notice> notices) {
    for (WatchHub.Notice notice : notices) {
      if (notice instanceof WatchHub.Notice.Events events) {
        events.events().forEach(event -> changed.add(nameOf(event.key())));
      }
    }
    return true;
  }

  private String nameOf(Bytes key) {
    return key.utf8().substring(resource.storing().prefix().length() + 1);
  }

  private void run() {
    Set<String> failed = new LinkedHashSet<>();
    try {
      while (true) {
        if (closed) {
          return;
        }
        String name = failed.isEmpty() ? changed.take() : changed.poll(RETRY_MILLIS, MILLISECONDS);
        if (name == null) {
          changed.addAll(failed);
          failed.clear();
        } else if (name.equals(DONE)) {
          return;
        } else if (!isSettled(name)) {
          failed.add(name);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A definition that we fail at keeps the others from nothing, and is tried again after a while.
  private boolean isSettled(String name) {
    try {
      settle(name);
      return true;
    } catch (RuntimeException | StackOverflowError failure) {
      failures.add(NAME, name, failure);
      return false;
    }
  }

  /// Brings one definition to where it must be; a write that is overtaken comes back through the watch.
  private void settle(String name) {
    StoreView view = member.view();
    known.follow(view, _ -> {});
    pack(unpacked.remove(name));
    StoredObject stored = known.read(view, name);
    if (stored == null) {
      registry.publish(name, List.of());
      published.remove(name);
      reconsider();
      return;
    }
    CustomResourceDefinition now = CustomResourceDefinition.of(stored);
    Collection<CustomResourceDefinition> others = known.othersInGroup(now);
    boolean served = !builtInClaims.hasGroup(now);
    CustomResourceDefinition settled =
        DefinitionStatus.settle(now, others, served, clock.instant());
    publish(settled);
    if (settled.isBeingDeleted()) {
      finish(stored, settled);
    } else if (!settled.object().equals(now.object())) {
      write(stored, withStatus(stored, settled));
      if (!now.acceptedNames().isEmpty() && !settled.acceptedNames().equals(now.acceptedNames())) {
        reconsider();
      }
    }
  }

  /// Names became free: whoever was refused one may have it now.
  private void reconsider() {
    changed.addAll(known.withoutTheirNames());
  }

  /// Serves a definition as it is, unless it is served so already: most changes are of its status.
  private void publish(CustomResourceDefinition definition) {
    Published now = Published.of(definition);
    if (!now.equals(published.get(definition.name()))) {
      registry.publish(definition.name(), served(definition));
      published.put(definition.name(), now);
      pack(definition);
    }
  }

  private static void pack(@Nullable CustomResourceDefinition definition) {
    if (definition != null) {
      definition.schemas().forEach(WrittenSchema::pack);
    }
  }

  private static JsonObject withStatus(StoredObject stored, CustomResourceDefinition settled) {
    return stored.tree().set("status", settled.status());
  }

  private List<ResourceType> served(CustomResourceDefinition definition) {
    return definition.hasTrueCondition("Established") ? types.of(definition) : List.of();
  }

  /// The parts of a definition that decide how it is served.
  ///
  /// @param hash of its specification but for the schemas
  /// @param schemas the checksums of these
  private record Published(
      String uid, long generation, boolean established, long hash, List<Long> schemas) {
    static Published of(CustomResourceDefinition definition) {
      CRC32C hash = new CRC32C();
      byte[] spec = JsonWriter.bytes(definition.spec());
      hash.update(spec);
      return new Published(
          definition.object().objectOrEmpty("metadata").textOrEmpty("uid"),
          definition.generation(),
          definition.hasTrueCondition("Established"),
          hash.getValue() << Integer.SIZE | spec.length,
          definition.schemas().stream().map(WrittenSchema::checksum).toList());
    }
  }

  /// Deletes the objects, and lets the definition go once none is left.
  private void finish(StoredObject stored, CustomResourceDefinition definition) {
    KeyRange range = KeyRange.prefix(Bytes.utf8(definition.instancePrefix() + "/"));
    if (builtInClaims.overlaps(definition)) {
      // What lies there are objects of a built-in resource: none of them is the definition's.
      DefinitionConditions.set(
          definition.object(),
          "Terminating",
          false,
          "OverlappingBuiltInResource",
          "instances overlap with built-in resources in storage",
          clock.instant());
    } else if (!instances.deleteAll(range, clock.instant())) {
      write(stored, withStatus(stored, definition));
      instances.onNextChange(range, () -> changed.add(definition.name()));
      return;
    }
    JsonObject last = withStatus(stored, definition);
    removeFinalizer(last);
    JsonArray finalizers = last.objectAt("metadata").array("finalizers");
    if (finalizers == null || finalizers.isEmpty()) {
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        transaction.unchanged(stored.key(), stored.version()).delete(stored.key()).commit(member);
      }
    } else {
      write(stored, last);
    }
  }

  private static void removeFinalizer(JsonObject definition) {
    JsonArray finalizers = definition.objectAt("metadata").array("finalizers");
    if (finalizers == null) {
      return;
    }
    for (int i = finalizers.size() - 1; i >= 0; i--) {
      if (finalizers.at(i).equals(Json.of(CLEANUP_FINALIZER))) {
        finalizers.remove(i);
      }
    }
  }

  private void write(StoredObject stored, JsonObject object) {
    JsonArray owners = ownership.updated(statusWrite(), stored.tree(), object);
    if (owners != null) {
      object.objectAt("metadata").set("managedFields", owners);
    }
    Bytes value = StoredForm.of(KIND).write(object);
    if (!stored.isStoredAs(value)) {
      // Whoever overtakes the write is seen through the watch.
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        transaction
            .unchanged(stored.key(), stored.version())
            .put(stored.key(), value)
            .commit(member);
      }
    }
  }

  private Write statusWrite() {
    return new Write(KIND, resource.schema(), true, "status", "kube-apiserver");
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
    instances.close();
    changed.add(DONE);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
