package dev.pintle.kube.verb;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.selector.SelectorSyntaxException;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The PodDisruptionBudgets that cover a pod; a controller keeps them up to date, an eviction takes one disruption from
/// them.
final class DisruptionBudgets {
  private static final String CAUSE = "DisruptionBudget";
  private static final String TOO_MANY =
      "Cannot evict pod as it would violate the pod's disruption budget.";
  private static final int PENDING_MAX = 2_000;
  private static final int RETRY_SECONDS = 10;

  /// Budgets that share a turn wait for one another for nothing, but not for long.
  private static final int TURNS = 64;

  private final VerbContext context;
  private final Supplier<ResourceType> type;
  private final ReentrantLock[] turns = new ReentrantLock[TURNS];

  DisruptionBudgets(VerbContext context, Supplier<ResourceType> type) {
    this.context = context;
    this.type = type;
    Arrays.setAll(turns, _ -> new ReentrantLock(true));
  }

  /// The budget that covers a pod, or the reason why an eviction is refused.
  sealed interface Answer {
    record None() implements Answer {}

    record One(JsonObject budget) implements Answer {}

    record Several() implements Answer {}
  }

  Answer of(StoredObject pod, String namespace, ObjectView view) {
    Map<String, String> labels = pod.labels();
    List<JsonObject> found = new ArrayList<>();
    RangeRequest all = RangeRequest.of(Keys.range(type.get(), namespace));
    for (KeyValue kv : view.range(all).entries()) {
      JsonObject budget = view.read(type.get(), kv).tree();
      if (covers(budget, labels)) {
        found.add(budget);
      }
    }
    return switch (found.size()) {
      case 0 -> new Answer.None();
      case 1 -> new Answer.One(found.getFirst());
      default -> new Answer.Several();
    };
  }

  private static boolean covers(JsonObject budget, Map<String, String> labels) {
    JsonObject selector = budget.objectAt("spec").object("selector");
    if (selector == null) {
      return false;
    }
    try {
      return LabelSelector.parse(SelectorText.of(selector)).matches(labels);
    } catch (SelectorSyntaxException notOne) {
      return false;
    }
  }

  static Status several() {
    return new Status(
        500,
        "",
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
        Details.NONE);
  }

  /// Whether the pod may go without a look at what is left, because it is not ready and so counts for nothing.
  boolean sparesUnready(JsonObject budget, JsonObject pod) {
    JsonObject ready = StatusConditions.find(pod, "Ready");
    if (ready != null && "True".equals(ready.text("status"))) {
      return false;
    }
    if ("AlwaysAllow".equals(budget.objectAt("spec").text("unhealthyPodEvictionPolicy"))) {
      return true;
    }
    JsonObject status = budget.objectAt("status");
    long desired = status.wholeOrZero("desiredHealthy");
    return desired > 0 && status.wholeOrZero("currentHealthy") >= desired;
  }

  /// Takes one disruption from the budget for the pod, or refuses. Those of one budget go one after the other: all of a crowd but one would
  /// be overtaken each time, and give up in the end.
  void spend(JsonObject budget, String pod, boolean dryRun) {
    String namespace = Metadata.text(budget, "namespace");
    String name = Metadata.name(budget);
    SystemUpdate update = new SystemUpdate(context, type.get(), namespace, name, dryRun);
    ReentrantLock turn = turns[Math.floorMod(Objects.hash(namespace, name), TURNS)];
    turn.lock();
    try {
      update.run(context.view(), (stored, current) -> owned(stored.tree(), spent(current, pod)));
    } finally {
      turn.unlock();
    }
  }

  private JsonObject owned(JsonObject old, JsonObject next) {
    FieldManagers.set(
        next, context.ownership().updated(FieldManagers.byServer(type.get(), "status"), old, next));
    return next;
  }

  private JsonObject spent(JsonObject budget, String pod) {
    JsonObject status = budget.objectAt("status");
    String name = Metadata.name(budget);
    if (status.wholeOrZero("observedGeneration") < Metadata.of(budget).wholeOrZero("generation")) {
      throw stillProcessed(name);
    }
    long allowed = status.wholeOrZero("disruptionsAllowed");
    if (allowed < 0) {
      throw forbidden(
          name, "pdb disruptions allowed is negative", "pdb disruptions allowed is negative");
    }
    JsonObject pending = status.object("disruptedPods");
    if (pending != null && pending.size() > PENDING_MAX) {
      throw forbidden(
          name,
          "DisruptedPods map too big - too many evictions not confirmed by PDB controller",
          "too many pending evictions not confirmed by PDB controller");
    }
    if (allowed == 0) {
      throw tooMany(0, exhausted(budget, status));
    }
    status.set("disruptionsAllowed", Json.of(allowed - 1));
    if (allowed == 1) {
      noneLeft(budget, status);
    }
    String now = Metadata.time(context.clock().instant());
    status.objectAt("disruptedPods").set(pod, now);
    return budget;
  }

  private void noneLeft(JsonObject budget, JsonObject status) {
    JsonObject condition =
        new JsonObject()
            .set("type", "DisruptionAllowed")
            .set("status", "False")
            .set("observedGeneration", Json.of(status.wholeOrZero("observedGeneration")))
            .set("reason", "InsufficientPods")
            .set("message", "");
    StatusConditions.set(budget, condition, context.clock().instant());
  }

  private static String exhausted(JsonObject budget, JsonObject status) {
    String name = Metadata.name(budget);
    long current = status.wholeOrZero("currentHealthy");
    long desired = status.wholeOrZero("desiredHealthy");
    JsonObject condition = StatusConditions.find(budget, "DisruptionAllowed");
    boolean closed = condition != null && "False".equals(condition.text("status"));
    JsonObject told = condition != null && closed ? condition : new JsonObject();
    String message = told.textOrEmpty("message");
    String reason = told.text("reason");
    String plain =
        "The disruption budget %s does not allow evicting pods currently".formatted(name);
    if (!message.isEmpty() && "SyncFailed".equals(reason)) {
      return plain + " because it failed sync: " + message;
    }
    if (current <= desired) {
      return "The disruption budget %s needs %d healthy pods and has %d currently"
          .formatted(name, desired, current);
    }
    return message.isEmpty() ? plain : "%s (%s): %s".formatted(plain, reason, message);
  }

  /// What the controller has not seen yet cannot be counted on.
  static StatusError stillProcessed(String name) {
    return tooMany(
        RETRY_SECONDS,
        "The disruption budget %s is still being processed by the server.".formatted(name));
  }

  private static StatusError tooMany(int retrySeconds, String why) {
    Details details =
        Details.EMPTY.retryAfter(retrySeconds).because(List.of(new Cause(CAUSE, why, "")));
    return new StatusError(new Status(429, "TooManyRequests", TOO_MANY, details));
  }

  private static StatusError forbidden(String name, String why, String longer) {
    String cause =
        "The disruption budget %s does not allow evicting pods currently: %s"
            .formatted(name, longer);
    Details details =
        Details.of("policy", "poddisruptionbudget", name)
            .because(List.of(new Cause(CAUSE, cause, "")));
    String message = "poddisruptionbudget.policy \"%s\" is forbidden: %s".formatted(name, why);
    return new StatusError(new Status(403, "Forbidden", message, details));
  }
}
