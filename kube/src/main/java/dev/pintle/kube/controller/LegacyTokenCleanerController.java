package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
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
import dev.pintle.kube.token.LegacyTokens;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.Restrained;
import dev.pintle.kube.workqueue.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The controller that marks tokens which were made for accounts by themselves, lie in secrets, and were not used for a year, and deletes
/// them a year later: upstream's `legacy-serviceaccount-token-cleaner-controller`. It looks at the start and once a day.
public final class LegacyTokenCleanerController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "legacy-serviceaccount-token-cleaner-controller";

  private static final String ALL = "every token in a secret";
  private static final Duration UNUSED = Duration.ofDays(365);
  private static final long ROUND_NANOS = TimeUnit.HOURS.toNanos(24);

  private final LocalClient client;
  private final Types types;
  private final Clock clock;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  /// The types of objects that it looks at.
  public record Types(
      ResourceType secrets, ResourceType accounts, ResourceType pods, ResourceType maps) {}

  public LegacyTokenCleanerController(
      LocalClient client,
      Types types,
      Clock clock,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.types = types;
    this.clock = clock;
    this.queue = queue;
    this.workers = new QueueWorkers<>(NAME, queue, failures, _ -> isRoundDone());
    workers.start(1);
  }

  @Override
  public void present(KeyValue kv) {}

  @Override
  public void replaced() {
    queue.add(ALL);
  }

  @Override
  public void changed(WatchEvent event) {}

  private boolean isRoundDone() {
    Instant now = clock.instant();
    ObjectView view = client.context().view();
    if (isTrackedLongEnough(view, now)) {
      Round round = new Round(view, now);
      view.scan(
          RangeRequest.of(KeyRange.prefix(Keys.collection(types.secrets(), ""))),
          kv -> {
            StoredObject secret = view.read(types.secrets(), kv);
            if (round.isUnused(secret)) {
              round.unused.add(secret);
            }
            return true;
          });
      queue.addAfter(ALL, ROUND_NANOS);
      Restrained.each(round.unused.stream().filter(round::isNeededByNobody).toList(), round::end);
    }
    queue.addAfter(ALL, ROUND_NANOS);
    return true;
  }

  /// From the day after the first on which uses were noted.
  private boolean isTrackedLongEnough(ObjectView view, Instant now) {
    StoredObject map =
        view.find(types.maps(), LegacyTokenTracking.NAMESPACE, LegacyTokenTracking.MAP);
    String since =
        map == null ? "" : map.tree().objectOrEmpty("data").textOrEmpty(LegacyTokenTracking.SINCE);
    if (!LegacyTokenTracking.isDay(since)) {
      return false;
    }
    Instant first = LocalDate.parse(since).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return !now.isBefore(first.plus(UNUSED));
  }

  /// One look at all tokens.
  private final class Round {
    private final ObjectView view;
    private final Instant limit;
    private final String limitDay;
    private final String today;
    private final List<StoredObject> unused = new ArrayList<>();
    private final Map<String, Set<String>> mounted = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();

    /// An account, with the names of its secrets; without any where it is not there.
    private record Account(String uid, Set<String> secrets) {}

    Round(ObjectView view, Instant now) {
      this.view = view;
      this.limit = now.minus(UNUSED);
      this.limitDay = day(limit);
      this.today = day(now);
    }

    private static String day(Instant instant) {
      return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    boolean isUnused(StoredObject secret) {
      String used = secret.labels().getOrDefault(LegacyTokens.LAST_USED, "");
      boolean known = secret.labels().containsKey(LegacyTokens.LAST_USED);
      return ServiceAccountTokenController.isToken(secret)
          && !secret.isBeingDeleted()
          && Instant.parse(secret.text("metadata.creationTimestamp")).isBefore(limit)
          && (!known || (LegacyTokenTracking.isDay(used) && used.compareTo(limitDay) < 0));
    }

    boolean isNeededByNobody(StoredObject secret) {
      return isGenerated(secret) && !mountedIn(secret.namespace()).contains(secret.name());
    }

    /// Those that people made for themselves are not named by the account.
    private boolean isGenerated(StoredObject secret) {
      String name = ServiceAccountTokenController.account(secret);
      String uid = ServiceAccountTokenController.accountUid(secret);
      Account account =
          accounts.computeIfAbsent(secret.namespace() + '/' + name, _ -> account(secret, name));
      return (uid.isEmpty() || uid.equals(account.uid()))
          && account.secrets().contains(secret.name());
    }

    /// Read once for all of its tokens.
    private Account account(StoredObject secret, String name) {
      StoredObject account =
          name.isEmpty() ? null : view.find(types.accounts(), secret.namespace(), name);
      Set<String> secrets = new HashSet<>();
      if (account != null) {
        account.tree().objects("secrets").forEach(each -> secrets.add(each.textOrEmpty("name")));
      }
      return new Account(account == null ? "" : account.uid(), secrets);
    }

    private Set<String> mountedIn(String namespace) {
      return mounted.computeIfAbsent(
          namespace,
          _ -> {
            Set<String> names = new HashSet<>();
            view.scan(
                RangeRequest.of(Keys.range(types.pods(), namespace)),
                kv -> {
                  collect(view.read(types.pods(), kv).tree().objectOrEmpty("spec"), names);
                  return true;
                });
            return names;
          });
    }

    /// Marks it first, and deletes it once the mark is old.
    void end(StoredObject secret) {
      Target target = new Target(types.secrets(), secret.namespace(), secret.name());
      String since = secret.labels().getOrDefault(LegacyTokens.INVALID_SINCE, "");
      if (!LegacyTokenTracking.isDay(since)) {
        JsonObject labels = new JsonObject().set(LegacyTokens.INVALID_SINCE, today);
        JsonObject metadata = new JsonObject().set("uid", secret.uid()).set("labels", labels);
        Refusals.unlessOvertaken(
            () -> client.mergePatch(target, new JsonObject().set("metadata", metadata)));
      } else if (since.compareTo(limitDay) < 0) {
        JsonObject version =
            new JsonObject().set("resourceVersion", Long.toString(secret.version()));
        Refusals.unlessOvertaken(
            () -> client.delete(target, new JsonObject().set("preconditions", version)));
      }
    }
  }

  /// The names of all secrets that a pod may be given, wherever in its spec they stand.
  private static void collect(Json part, Set<String> names) {
    switch (part) {
      case JsonObject object -> object.forEach(field -> collect(field, names));
      case JsonArray array -> array.forEach(item -> collect(item, names));
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void collect(JsonObject.Field field, Set<String> names) {
    switch (field.name()) {
      case "secretName" -> add(field.value(), names);
      case "secret", "secretRef", "secretKeyRef", "nodePublishSecretRef" ->
          named(field.value(), names);
      case "imagePullSecrets" -> {
        if (field.value() instanceof JsonArray all) {
          all.forEach(each -> named(each, names));
        }
      }
      default -> {}
    }
    collect(field.value(), names);
  }

  private static void named(Json reference, Set<String> names) {
    if (reference instanceof JsonObject object) {
      names.add(object.textOrEmpty("name"));
    }
  }

  private static void add(Json name, Set<String> names) {
    if (name instanceof Json.Text(var text)) {
      names.add(text);
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
