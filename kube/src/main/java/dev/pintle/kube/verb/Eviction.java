package dev.pintle.kube.verb;

import dev.pintle.kube.admission.Admission.Action;
import dev.pintle.kube.admission.Admission.AdmissionRequest;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Deletes a pod unless its disruption budget has nothing left: what those do who drain a node.
public final class Eviction {
  private static final GroupVersionKind KIND = GroupVersionKind.of("policy/v1", "Eviction");
  private static final GroupVersionKind OLD_KIND =
      GroupVersionKind.of("policy/v1beta1", "Eviction");
  // Pods that are over, or were never started, disrupt nobody when they go.
  private static final Set<String> WITHOUT_BUDGET = Set.of("Succeeded", "Failed", "Pending");
  private static final int ATTEMPTS_MAX = 20;

  private final VerbContext services;
  private final SchemaNode schema;
  private final DisruptionBudgets budgets;

  /// @param schema of Eviction
  /// @param budgets the resource of disruption budgets
  public Eviction(VerbContext services, SchemaNode schema, Supplier<ResourceType> budgets) {
    this.services = services;
    this.schema = schema;
    this.budgets = new DisruptionBudgets(services, budgets);
  }

  private record Asked(ApiRequest request, DeleteOptions options, Reply reply) {
    ResourceType type() {
      return request.type();
    }

    String name() {
      return request.name();
    }

    boolean namesVersion() {
      return !options.resourceVersion().isEmpty();
    }
  }

  public void create(ApiRequest request, ObjectView view, Reply reply) {
    WriteOptions options = WriteOptions.parse(request.query(), "CreateOptions");
    Expected expected = new Expected(KIND, schema, options.validation()).orOf(OLD_KIND);
    JsonObject eviction = RequestBodies.read(services, request, expected, reply);
    Metadata.requireNamespace(request.type(), eviction, request.namespace());
    if (!request.name().equals(Metadata.name(eviction))) {
      throw StatusErrors.badRequest("name in URL does not match name in Eviction object");
    }
    JsonObject named = eviction.object("deleteOptions");
    DeleteOptions deletion = DeleteOptions.of(named == null ? new JsonObject() : named);
    Asked asked = new Asked(request, deletion.orDryRun(options.dryRun()), reply);
    services.admit(
        new AdmissionRequest(
            Action.CREATE,
            request.type(),
            request.namespace(),
            request.name(),
            "eviction",
            eviction,
            null,
            request.caller(),
            asked.options().dryRun(),
            true),
        view);
    attempt(asked, view, 1);
  }

  private void attempt(Asked asked, ObjectView view, int number) {
    StoredObject stored = view.require(asked.type(), asked.request().namespace(), asked.name());
    JsonObject pod = stored.tree();
    boolean leaving = Metadata.isBeingDeleted(pod);
    String phase = phase(pod);
    if (!leaving && !WITHOUT_BUDGET.contains(phase)) {
      askBudget(asked, stored, pod, view);
      return;
    }
    boolean mayStart = !leaving && phase.equals("Pending") && !asked.namesVersion();
    DeleteOptions options = mayStart ? at(asked.options(), stored) : asked.options();
    delete(
        asked,
        options,
        view,
        conflict -> {
          if (asked.namesVersion() || number >= ATTEMPTS_MAX) {
            asked.reply().status(conflict);
          } else {
            Later.run(services, asked.reply(), () -> attempt(asked, services.view(), number + 1));
          }
        });
  }

  private static String phase(JsonObject pod) {
    JsonObject status = pod.object("status");
    String phase = status == null ? null : status.text("phase");
    return phase == null ? "" : phase;
  }

  private static DeleteOptions at(DeleteOptions options, StoredObject stored) {
    return options.withResourceVersion(Long.toString(stored.version()));
  }

  private void askBudget(Asked asked, StoredObject stored, JsonObject pod, ObjectView view) {
    DisruptionBudgets.Answer answer = budgets.of(stored, asked.request().namespace(), view);
    switch (answer) {
      case DisruptionBudgets.Answer.None _ ->
          delete(asked, asked.options(), view, asked.reply()::status);
      case DisruptionBudgets.Answer.Several _ ->
          asked.reply().tree(201, DisruptionBudgets.several().toJson());
      case DisruptionBudgets.Answer.One(var budget) -> {
        if (budgets.sparesUnready(budget, pod)) {
          // Only as long as it has not become ready: the budget counts on that.
          delete(
              asked,
              at(asked.options(), stored),
              view,
              conflict ->
                  asked
                      .reply()
                      .status(
                          asked.namesVersion()
                              ? conflict
                              : DisruptionBudgets.stillProcessed(Metadata.name(budget)).status()));
        } else {
          budgets.spend(
              budget,
              asked.name(),
              asked.options().dryRun(),
              view,
              asked.reply()::status,
              () -> delete(asked, asked.options(), services.view(), asked.reply()::status));
        }
      }
    }
  }

  /// Writes down that the pod is being evicted, then deletes it.
  private void delete(
      Asked asked, DeleteOptions options, ObjectView view, Consumer<? super Status> onConflict) {
    Consumer<Status> refused =
        status -> {
          if (status.code() == 409) {
            onConflict.accept(status);
          } else {
            asked.reply().status(status);
          }
        };
    if (options.dryRun()) {
      Later.guarded(refused, () -> remove(asked, options, view, refused));
      return;
    }
    ApiRequest request = asked.request();
    Amendment amendment =
        new Amendment(services, asked.type(), request.namespace(), request.name(), refused, false);
    Later.guarded(
        refused,
        () ->
            amendment.run(
                view,
                (stored, pod) -> {
                  ObjectDeletion.requirePreconditions(asked.type(), options, stored);
                  return marked(pod);
                },
                marked -> {
                  boolean bound = !options.resourceVersion().isEmpty();
                  remove(asked, bound ? at(options, marked) : options, services.view(), refused);
                }));
  }

  private JsonObject marked(JsonObject pod) {
    JsonObject target =
        new JsonObject()
            .set("type", "DisruptionTarget")
            .set("status", "True")
            .set("reason", "EvictionByEvictionAPI")
            .set("message", "Eviction API: evicting");
    StatusConditions.set(pod, target, services.clock().instant());
    return pod;
  }

  private void remove(
      Asked asked, DeleteOptions options, ObjectView view, Consumer<Status> refused) {
    ApiRequest deletion =
        asked.request().deletionOf(asked.type(), asked.request().namespace(), asked.name());
    new ObjectDeletion(services, deletion, options, refused)
        .run(view, _ -> asked.reply().status(Status.created()));
  }
}
