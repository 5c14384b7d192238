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
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.Restrained;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The controller of ClusterRoles with an `aggregationRule`: writes into them the rules of the roles that they select. Upstream's
/// `clusterrole-aggregation-controller`.
public final class ClusterRoleAggregation implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off, and as which it owns the rules.
  public static final String NAME = "clusterrole-aggregation-controller";

  /// Roles are few, and which select which is not known beforehand: all are looked at together.
  private static final String ALL = "every ClusterRole";

  /// A role that aggregates others may be aggregated itself; as deep as clusters start with.
  private static final int ROUNDS_MAX = 4;

  private final LocalClient client;
  private final ResourceType roles;
  private final Bytes prefix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  public ClusterRoleAggregation(
      LocalClient client,
      ResourceType roles,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.roles = roles;
    this.prefix = Keys.collection(roles, "");
    this.queue = queue;
    this.workers = new QueueWorkers<>(NAME, queue, failures, _ -> isSynced());
    workers.start(1);
  }

  @Override
  public void present(KeyValue kv) {}

  @Override
  public void replaced() {
    queue.add(ALL);
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.key().startsWith(prefix)) {
      queue.add(ALL);
    }
  }

  /// Does at once what is to be done, so that the roles which a cluster starts with are whole when it has started. What it does not come
  /// to, the queue does in its time.
  public void settle() {
    try {
      long before = -1;
      for (int round = 0; round < ROUNDS_MAX && before != revision(); round++) {
        before = revision();
        isSynced();
      }
    } catch (RuntimeException | StackOverflowError failed) {
      // The queue meets it again, and tells of it.
      queue.add(ALL);
    }
  }

  private long revision() {
    return client.context().view().revision();
  }

  private boolean isSynced() {
    ObjectView view = client.context().view();
    List<Role> all = new ArrayList<>();
    view.scan(
        RangeRequest.of(Keys.range(roles, "")),
        kv -> {
          all.add(Role.of(view.read(roles, kv)));
          return true;
        });
    Restrained.each(all, role -> settle(role, all));
    return true;
  }

  /// A role, read once however many aggregate it.
  ///
  /// @param selectors by which it aggregates others; null where it does not
  private record Role(
      String name,
      Map<String, String> labels,
      @Nullable List<JsonObject> selectors,
      JsonArray rules) {
    static Role of(StoredObject stored) {
      JsonObject tree = stored.tree();
      JsonObject aggregation = stored.isBeingDeleted() ? null : tree.object("aggregationRule");
      return new Role(
          stored.name(),
          stored.labels(),
          aggregation == null ? null : aggregation.objects("clusterRoleSelectors"),
          tree.arrayOrEmpty("rules"));
    }
  }

  private void settle(Role role, List<Role> all) {
    List<JsonObject> selectors = role.selectors();
    if (selectors == null) {
      return;
    }
    Set<Json> gathered = new LinkedHashSet<>();
    for (JsonObject selector : selectors) {
      LabelSelector selected = LabelSelector.of(selector);
      for (Role other : all) {
        if (!other.name().equals(role.name()) && selected.matches(other.labels())) {
          other.rules().forEach(gathered::add);
        }
      }
    }
    JsonArray rules = new JsonArray();
    gathered.forEach(rules::add);
    if (!rules.equals(role.rules())) {
      JsonObject applied =
          new JsonObject()
              .set("apiVersion", roles.groupVersion().text())
              .set("kind", roles.groupVersionKind().kind())
              .set("metadata", new JsonObject().set("name", role.name()))
              .set("rules", rules);
      client.apply(new LocalClient.Target(roles, "", role.name()), NAME, applied);
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
