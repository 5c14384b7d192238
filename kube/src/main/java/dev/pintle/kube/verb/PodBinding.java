package dev.pintle.kube.verb;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The handler of `pods/binding` and of `bindings`, by which a scheduler assigns a pod to a node, once.
public final class PodBinding {
  private static final GroupVersionKind KIND = GroupVersionKind.of("v1", "Binding");

  private final VerbContext context;
  private final SchemaNode schema;
  private final Supplier<ResourceType> pods;

  /// @param schema of Binding
  public PodBinding(VerbContext context, SchemaNode schema, Supplier<ResourceType> pods) {
    this.context = context;
    this.schema = schema;
    this.pods = pods;
  }

  /// As a part of the pod that the path names.
  public Answer ofPod(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    return bind(request, request.name(), view, warnings);
  }

  /// As an object of its own, named like its pod.
  public Answer create(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    return bind(request, "", view, warnings);
  }

  private Answer bind(
      ApiRequest request, String named, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parse(request.query(), "CreateOptions");
    Expected expected = new Expected(KIND, schema, options.validation());
    JsonObject binding = RequestBodies.read(context, request, expected, warnings);
    Metadata.requireNamespace(pods.get(), binding, request.namespace());
    String name = named.isEmpty() ? Metadata.name(binding) : named;
    context
        .updates(pods.get(), name)
        .asking(request.notes()::asked)
        .run(
            Attempts.UNCONDITIONAL,
            view,
            now -> {
              try (ObjectTransaction transaction = new ObjectTransaction()) {
                return attempt(request, options, name, binding.copy(), transaction, now);
              }
            });
    return new Answer.Outcome(Status.created());
  }

  private Optional<StoredObject> attempt(
      ApiRequest request,
      WriteOptions options,
      String name,
      JsonObject binding,
      ObjectTransaction transaction,
      ObjectView view) {
    AdmissionRequest admission =
        request
            .admission(Action.CREATE, name, "binding", binding, null, options, transaction)
            .withOwners(
                FieldManagers.later(context, FieldManagers.ofPart(request, KIND, schema), binding));
    ObjectView now = context.admission().mutate(admission, view, context::view);
    if (!name.equals(Metadata.name(binding))) {
      throw StatusErrors.badRequest("name in URL does not match name in Binding object");
    }
    requireTarget(binding);
    ObjectView last = context.admission().validate(admission, now, context::view);
    return new SystemUpdate(context, pods.get(), request.namespace(), name, options.dryRun())
        .attempt(
            last, transaction, (stored, pod) -> assign(stored, pod, binding, options.dryRun()));
  }

  private static void requireTarget(JsonObject binding) {
    JsonObject target = binding.objectAt("target");
    List<String> wrong = new ArrayList<>();
    String kind = target.textOrEmpty("kind");
    boolean node = kind.isEmpty() || kind.equals("Node");
    if (!node) {
      wrong.add(
          "target.kind: Unsupported value: \"%s\": supported values: \"Node\", \"<empty>\""
              .formatted(kind));
    }
    String name = target.textOrEmpty("name");
    if (name.isEmpty()) {
      wrong.add("target.name: Required value");
    } else if (node) {
      for (String complaint : Formats.dns1123Subdomain(name)) {
        wrong.add("target.name: Invalid value: \"%s\": %s".formatted(name, complaint));
      }
    }
    if (!wrong.isEmpty()) {
      String all = wrong.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", wrong) + "]";
      throw StatusErrors.bare(500, all);
    }
  }

  private JsonObject assign(
      StoredObject stored, JsonObject pod, JsonObject binding, boolean dryRun) {
    requirePreconditions(stored, binding, dryRun);
    requireUnassigned(pod);
    pod.objectAt("spec").set("nodeName", binding.objectAt("target").textOrEmpty("name"));
    pod.objectAt("status").remove("nominatedNodeName");
    merge(binding, pod, "annotations");
    merge(binding, pod, "labels");
    JsonObject scheduled = new JsonObject().set("type", "PodScheduled").set("status", "True");
    StatusConditions.set(pod, scheduled, context.clock().instant());
    return pod;
  }

  private void requirePreconditions(StoredObject stored, JsonObject binding, boolean dryRun) {
    String uid = Metadata.text(binding, "uid");
    if (!uid.isEmpty() && !uid.equals(stored.uid())) {
      throw ResourceVersions.otherUid(pods.get(), stored, uid, dryRun);
    }
    String version = Metadata.text(binding, "resourceVersion");
    if (!version.isEmpty() && !version.equals(Long.toString(stored.version()))) {
      throw ResourceVersions.otherVersion(pods.get(), stored, version, dryRun);
    }
  }

  private void requireUnassigned(JsonObject pod) {
    String name = Metadata.name(pod);
    String node = pod.objectAt("spec").textOrEmpty("nodeName");
    JsonArray gates = pod.objectAt("spec").array("schedulingGates");
    if (Metadata.isBeingDeleted(pod)) {
      throw conflict(name, "pod %s is being deleted, cannot be assigned to a host".formatted(name));
    }
    if (!node.isEmpty()) {
      throw conflict(name, "pod %s is already assigned to node \"%s\"".formatted(name, node));
    }
    if (gates != null && !gates.isEmpty()) {
      throw conflict(name, "pod %s has non-empty .spec.schedulingGates".formatted(name));
    }
  }

  private static StatusError conflict(String name, String why) {
    String message =
        "Operation cannot be fulfilled on pods/binding \"%s\": %s".formatted(name, why);
    return new StatusError(
        new Status(409, "Conflict", message, Details.of("", "pods/binding", name)));
  }

  private static void merge(JsonObject binding, JsonObject pod, String field) {
    JsonObject brought = Metadata.of(binding).object(field);
    if (brought != null) {
      JsonObject own = Metadata.of(pod).objectAt(field);
      brought.forEach(entry -> own.set(entry.name(), entry.value()));
    }
  }
}
