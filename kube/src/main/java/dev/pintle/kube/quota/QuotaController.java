package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.quota.ObjectChanges.Change;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.store.StoredTypes;
import dev.pintle.kube.strategy.ResourceAmounts;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Contention;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The controller of quotas: keeps in their status what may be used, and counts anew what is used when objects go or change.
/// Upstream's `resourcequota-controller`. What is made meanwhile is charged by the plugin [ResourceQuotaAdmission]; a count takes effect
/// only where nothing was charged since.
public final class QuotaController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "resourcequota-controller";

  private static final String MANAGER = "kube-controller-manager";
  private static final int WORKERS = 2;

  /// Upstream's figure.
  private static final long RESYNC_MINUTES = 5;

  /// A definition is served soon after it was written.
  private static final long DEFINITION_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Counting one quota takes so small a part of a processor, and is never put off longer than that.
  private static final int PAUSE_FACTOR = 9;

  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  /// The key for which [#changes] are looked at; those of quotas have a slash.
  private static final String CHANGES = "changes of objects";

  private static final int CHANGES_AT_ONCE = 100;

  private final VerbContext context;
  private final StoredTypes types;
  private final UsageEvaluators evaluators;
  private final UsageCount count;
  private final QuotaLedger ledger;
  private final ResourceType quotas;
  private final Bytes prefix;
  private final Bytes definitions;
  private final ObjectChanges changes = new ObjectChanges();
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;
  private final Contention<Bytes> contention;
  private final ScheduledFuture<?> resync;

  /// The names of quotas by their namespaces.
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  /// How long the last count of each took.
  private final Map<String, Long> tookNanos = new ConcurrentHashMap<>();

  /// The parts that plugin and controller share.
  public record Shared(UsageEvaluators evaluators, QuotaLedger ledger) {}

  /// @param definitions the type of CustomResourceDefinitions, whose resources are counted, too
  public QuotaController(
      VerbContext context,
      StoredTypes types,
      Shared shared,
      ResourceType quotas,
      ResourceType definitions,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.context = context;
    this.types = types;
    this.evaluators = shared.evaluators();
    this.count = new UsageCount(types, shared.evaluators());
    this.ledger = shared.ledger();
    this.quotas = quotas;
    this.prefix = Keys.collection(quotas, "");
    this.definitions = Keys.collection(definitions, "");
    this.queue = queue;
    this.contention = queue.contention();
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isSynced);
    workers.start(WORKERS);
    this.resync =
        context
            .timers()
            .scheduleWithFixedDelay(
                () -> addAll(0), RESYNC_MINUTES, RESYNC_MINUTES, TimeUnit.MINUTES);
  }

  @Override
  public void replacing() {
    known.clear();
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(prefix)) {
      String key = Keys.rest(prefix, kv.key());
      known.computeIfAbsent(namespace(key), _ -> ConcurrentHashMap.newKeySet()).add(key);
      queue.add(key);
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.key().startsWith(prefix)) {
      quotaChanged(event);
    } else if (known.isEmpty()) {
      return;
    } else if (event.key().startsWith(definitions)) {
      addAll(DEFINITION_NANOS);
    } else if (event.previous() != null) {
      objectChanged(event, event.previous());
    }
  }

  private void quotaChanged(WatchEvent event) {
    String key = Keys.rest(prefix, event.key());
    if (event.kind() == WatchEvent.Kind.DELETE) {
      known.computeIfPresent(
          namespace(key),
          (_, names) -> {
            names.remove(key);
            return names.isEmpty() ? null : names;
          });
      tookNanos.remove(key);
    } else if (isToBeCounted(event)) {
      present(event.current());
    }
  }

  /// What only grows was charged. A new quota never was, whatever it is charged to itself.
  private boolean isToBeCounted(WatchEvent event) {
    KeyValue previous = event.previous();
    if (previous == null) {
      return true;
    }
    if (ledger.isCharge(event.revision())) {
      return false;
    }
    QuotaStatus status = ledger.status();
    Quota old = status.read(previous);
    Quota now = status.read(event.current());
    if (now.differsInUseAlone(old)) {
      return !UsageSums.growth(old.used(), now.used()).values().isEmpty();
    }
    return !now.scopes().equals(old.scopes())
        || !now.hard().equals(demanded(now))
        || !now.hard().equals(old.hard())
        || !UsageSums.growth(old.used(), now.used()).values().isEmpty();
  }

  private static ResourceAmounts demanded(Quota quota) {
    return ResourceAmounts.of(quota.tree().objectOrEmpty("spec").object("hard"));
  }

  private void objectChanged(WatchEvent event, KeyValue previous) {
    String key = event.key().utf8();
    int name = key.lastIndexOf('/');
    int start = name <= 0 ? -1 : key.lastIndexOf('/', name - 1);
    String namespace = start < 0 ? "" : key.substring(start + 1, name);
    Set<String> concerned = known.get(namespace);
    ResourceType type = concerned == null ? null : types.of(key);
    UsageEvaluator evaluator = type == null ? null : evaluators.of(type);
    if (concerned == null || type == null || evaluator == null) {
      return;
    }
    if (event.kind() == WatchEvent.Kind.DELETE) {
      concerned.forEach(this::addSoon);
    } else if (!(evaluator instanceof ObjectCount)) {
      if (changes.keep(new Change(namespace, type, evaluator, previous, event.current()))) {
        queue.add(CHANGES);
      } else {
        concerned.forEach(this::addSoon);
      }
    }
  }

  /// Has counted what the changes of objects concern that were kept.
  private void lookAtChanges() {
    for (int i = 0; i < CHANGES_AT_ONCE; i++) {
      Change change = changes.take();
      if (change == null) {
        return;
      }
      boolean counted = true;
      try {
        counted =
            change
                .evaluator()
                .isToBeCounted(
                    context.objects().read(change.type(), change.previous()).tree(),
                    context.objects().read(change.type(), change.current()).tree(),
                    context.view());
      } finally {
        if (counted) {
          known.getOrDefault(change.namespace(), Set.of()).forEach(this::addSoon);
        }
      }
    }
    queue.add(CHANGES);
  }

  /// Many objects of a large namespace that go one after the other are counted a few times.
  private void addSoon(String key) {
    long took = tookNanos.getOrDefault(key, 0L);
    queue.addAfter(key, Math.min(took * PAUSE_FACTOR, PAUSE_NANOS_MAX));
  }

  private void addAll(long afterNanos) {
    known.values().forEach(names -> names.forEach(key -> queue.addAfter(key, afterNanos)));
  }

  private static String namespace(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private boolean isSynced(String key) {
    if (key.equals(CHANGES)) {
      lookAtChanges();
      return true;
    }
    long started = System.nanoTime();
    Counted counted = counted(key);
    if (counted == null) {
      tookNanos.remove(key);
      return true;
    }
    tookNanos.put(key, System.nanoTime() - started);
    if (!counted.isNews() || (!counted.changesDemands() && write(counted))) {
      return true;
    }
    // Whoever writes meanwhile must know of new demands, and must not overtake this for ever.
    boolean[] done = {true};
    ledger.alone(
        namespace(key),
        () -> {
          Counted now = counted(key);
          done[0] = now == null || !now.isNews() || write(now);
        });
    return done[0];
  }

  /// The status that a quota should have.
  private record Counted(Quota quota, ResourceAmounts hard, ResourceAmounts used) {
    boolean changesDemands() {
      return !hard.equals(quota.hard());
    }

    boolean isNews() {
      return changesDemands() || !used.equals(quota.used()) || !quota.tree().has("status");
    }
  }

  private @Nullable Counted counted(String key) {
    ObjectView view = context.view();
    String namespace = namespace(key);
    StoredObject stored = view.find(quotas, namespace, key.substring(namespace.length() + 1));
    if (stored == null) {
      return null;
    }
    Quota quota = Quota.of(stored.key(), stored.tree()).at(stored.version());
    ResourceAmounts hard = demanded(quota);
    ResourceAmounts used = UsageSums.masked(quota.used(), hard.values().keySet());
    used.values().putAll(count.of(hard, quota.scopes(), namespace, view).values());
    return new Counted(quota, hard, used);
  }

  private boolean write(Counted counted) {
    Quota quota = counted.quota();
    long before =
        ledger.isCharge(quota.version())
            ? contention.undisputed(quota.key())
            : contention.require(quota.key(), quota::version);
    Bytes value = ledger.status().write(quota, counted.hard(), counted.used(), MANAGER).value();
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      OptionalLong revision =
          transaction
              .unchanged(quota.key(), quota.version())
              .put(quota.key(), value)
              .commit(context.member());
      revision.ifPresent(now -> contention.wrote(quota.key(), before, now));
      return revision.isPresent();
    }
  }

  @Override
  public void close() {
    resync.cancel(false);
    workers.close();
  }
}
