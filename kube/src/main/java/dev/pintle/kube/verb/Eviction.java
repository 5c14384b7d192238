package dev.pintle.kube.verb;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The handler of `pods/eviction`: the deletion of a pod unless its disruption budget is spent.
public final class Eviction {
  private static final GroupVersionKind KIND = GroupVersionKind.of("policy/v1", "Eviction");
  private static final GroupVersionKind OLD_KIND =
      GroupVersionKind.of("policy/v1beta1", "Eviction");
  // Pods that are over, or were never started, disrupt nobody when they go.
  private static final Set<String> WITHOUT_BUDGET = Set.of("Succeeded", "Failed", "Pending");

  private final VerbContext context;
  private final SchemaNode schema;
  private final DisruptionBudgets budgets;

  /// @param schema of Eviction
  /// @param budgets the resource of disruption budgets
  public Eviction(VerbContext context, SchemaNode schema, Supplier<ResourceType> budgets) {
    this.context = context;
    this.schema = schema;
    this.budgets = new DisruptionBudgets(context, budgets);
  }

  /// A request for an eviction.
  ///
  /// @param refusal what is wrong with the options, which is said only to who could have evicted the pod; null when nothing is
  private record Asked(ApiRequest request, DeleteOptions options, @Nullable StatusError refusal) {
    static Asked of(ApiRequest request, JsonObject options, boolean dryRun) {
      try {
        return new Asked(request, DeleteOptions.of(options).orDryRun(dryRun), null);
      } catch (StatusError refusal) {
        DeleteOptions harmless = DeleteOptions.of(new JsonObject()).orDryRun(true);
        return new Asked(request, harmless, refusal);
      }
    }

    ResourceType type() {
      return request.type();
    }

    String name() {
      return request.name();
    }

    boolean namesVersion() {
      return options.resourceVersion() != null;
    }

    /// Whether another pod is meant than the one that has the name: waiting does not change that.
    boolean isOfAnother(StoredObject pod) {
      String uid = options.uid();
      return uid != null && !uid.equals(pod.uid());
    }
  }

  public Answer create(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parse(request.query(), "CreateOptions");
    Expected expected = new Expected(KIND, schema, options.validation()).orOf(OLD_KIND);
    JsonObject eviction = RequestBodies.read(context, request, expected, warnings);
    Metadata.requireNamespace(request.type(), eviction, request.namespace());
    try (ObjectTransaction admitted = new ObjectTransaction()) {
      Admitted let = admitted(request, options, eviction, admitted, view);
      Asked asked = let.asked();
      AtomicReference<@Nullable StatusError> last = new AtomicReference<>();
      return new GuaranteedUpdate(
              context::view,
              () ->
                  Objects.requireNonNullElseGet(
                      last.get(), () -> StatusErrors.objectModified(asked.type(), asked.name())))
          .run(Attempts.EVICTION, let.view(), now -> attempt(asked, admitted, now, last));
    }
  }

  private static Asked asked(ApiRequest request, WriteOptions options, JsonObject eviction) {
    if (!request.name().equals(Metadata.name(eviction))) {
      throw StatusErrors.badRequest("name in URL does not match name in Eviction object");
    }
    JsonObject within = eviction.objectOrEmpty("deleteOptions");
    requireStoreReads(request.name(), within);
    requireSameDryRun(request.query().all("dryRun"), within.texts("dryRun"));
    return Asked.of(request, within, options.dryRun());
  }

  /// An object that cannot be read has no budget that could be asked.
  private static void requireStoreReads(String name, JsonObject options) {
    String field = "ignoreStoreReadErrorWithClusterBreakingPotential";
    if (options.isTrue(field)) {
      String message =
          "Invalid value: true: can not be set for pod eviction, try after removing the option";
      Cause cause = new Cause("FieldValueInvalid", message, "deleteOptions." + field);
      throw StatusErrors.invalidKind("policy", "Eviction", name, List.of(cause));
    }
  }

  /// What is only tried is said by the request, by what it carries, or by both alike.
  private static void requireSameDryRun(List<String> asked, List<String> within) {
    if (!asked.isEmpty() && !within.isEmpty() && !asked.equals(within)) {
      throw StatusErrors.bare(
          500,
          "Non-matching dry-run options in request and content: [%s] and [%s]"
              .formatted(String.join(" ", asked), String.join(" ", within)));
    }
  }

  /// An eviction that was let in, and the store as what follows is to see it.
  private record Admitted(Asked asked, ObjectView view) {}

  /// What is asked for once admission has changed it. Several writes follow from one eviction; what admission adds goes with the
  /// first of them.
  private Admitted admitted(
      ApiRequest request,
      WriteOptions options,
      JsonObject eviction,
      ObjectTransaction transaction,
      ObjectView view) {
    Asked sent = asked(request, options, eviction);
    AdmissionRequest admission =
        request.admission(
            Action.CREATE,
            request.name(),
            "eviction",
            eviction,
            null,
            options.orDryRun(sent.options().dryRun()),
            transaction);
    ObjectView now = context.admission().mutate(admission, view, context::view);
    Asked changed = asked(request, options, eviction);
    return new Admitted(changed, context.admission().validate(admission, now, context::view));
  }

  /// Empty when the pod changed in between and the client named no version of it.
  ///
  /// @param last is told of what refused it then: whoever gives up says that
  private Optional<Answer> attempt(
      Asked asked,
      ObjectTransaction admitted,
      ObjectView view,
      AtomicReference<@Nullable StatusError> last) {
    StoredObject stored = view.require(asked.type(), asked.request().namespace(), asked.name());
    JsonObject pod = stored.tree();
    boolean leaving = Metadata.isBeingDeleted(pod);
    String phase = phase(pod);
    if (!leaving && !WITHOUT_BUDGET.contains(phase)) {
      return Optional.of(askBudget(asked, admitted, stored, pod, view));
    }
    boolean mayStart = !leaving && phase.equals("Pending") && !asked.namesVersion();
    DeleteOptions options = mayStart ? at(asked.options(), stored) : asked.options();
    try {
      return Optional.of(delete(asked, admitted, options, view));
    } catch (StatusError refused) {
      if (refused.status().code() != 409 || asked.namesVersion() || asked.isOfAnother(stored)) {
        throw refused;
      }
      last.set(refused);
      return Optional.empty();
    }
  }

  private static String phase(JsonObject pod) {
    return pod.objectOrEmpty("status").textOrEmpty("phase");
  }

  private static DeleteOptions at(DeleteOptions options, StoredObject stored) {
    return options.withResourceVersion(Long.toString(stored.version()));
  }

  private Answer askBudget(
      Asked asked,
      ObjectTransaction admitted,
      StoredObject stored,
      JsonObject pod,
      ObjectView view) {
    DisruptionBudgets.Answer answer = budgets.of(stored, asked.request().namespace(), view);
    return switch (answer) {
      case DisruptionBudgets.Answer.None _ -> delete(asked, admitted, asked.options(), view);
      case DisruptionBudgets.Answer.Several _ -> throw new StatusError(DisruptionBudgets.several());
      case DisruptionBudgets.Answer.One(var budget) ->
          budgets.sparesUnready(budget, pod)
              ? deleteUnready(asked, admitted, stored, budget, view)
              : spendAndDelete(asked, admitted, budget);
    };
  }

  /// Only as long as it has not become ready: the budget counts on that.
  private Answer deleteUnready(
      Asked asked,
      ObjectTransaction admitted,
      StoredObject stored,
      JsonObject budget,
      ObjectView view) {
    try {
      return delete(asked, admitted, at(asked.options(), stored), view);
    } catch (StatusError refused) {
      throw refused.status().code() == 409 && !asked.namesVersion()
          ? DisruptionBudgets.stillProcessed(Metadata.name(budget))
          : refused;
    }
  }

  private Answer spendAndDelete(Asked asked, ObjectTransaction admitted, JsonObject budget) {
    budgets.spend(budget, asked.name(), asked.options().dryRun());
    return delete(asked, admitted, asked.options(), context.view());
  }

  /// Writes down that the pod is being evicted, then deletes it.
  private Answer delete(
      Asked asked, ObjectTransaction admitted, DeleteOptions options, ObjectView view) {
    if (options.dryRun()) {
      return remove(asked, options, view);
    }
    ApiRequest request = asked.request();
    SystemUpdate update =
        new SystemUpdate(context, asked.type(), request.namespace(), request.name(), false);
    StoredObject marked =
        context
            .updates(asked.type(), asked.name())
            .run(
                Attempts.UNCONDITIONAL,
                view,
                now -> {
                  try (ObjectTransaction transaction = new ObjectTransaction().with(admitted)) {
                    return update.attempt(
                        now,
                        transaction,
                        (stored, pod) -> {
                          // An empty version is none, and becomes that of the marked pod.
                          DeletionPreconditions.require(
                              asked.type(), options.withoutEmptyVersion(), stored);
                          return marked(pod);
                        });
                  }
                });
    boolean bound = options.resourceVersion() != null;
    return remove(asked, bound ? at(options, marked) : options, context.view());
  }

  private JsonObject marked(JsonObject pod) {
    JsonObject target =
        new JsonObject()
            .set("type", "DisruptionTarget")
            .set("status", "True")
            .set("reason", "EvictionByEvictionAPI")
            .set("message", "Eviction API: evicting");
    StatusConditions.set(pod, target, context.clock().instant());
    return pod;
  }

  private Answer remove(Asked asked, DeleteOptions options, ObjectView view) {
    if (asked.refusal() != null) {
      throw asked.refusal();
    }
    ApiRequest deletion =
        asked.request().deletionOf(asked.type(), asked.request().namespace(), asked.name());
    ObjectDeletion.alreadyAdmitted(context, deletion, options).run(view);
    return new Answer.Outcome(Status.created());
  }
}
