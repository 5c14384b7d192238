package dev.pintle.kube.limit;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The admission plugin PodResizeValidator: a pod on a node is not resized beyond what the node has for pods, nor on a node
/// that cannot resize at all.
public final class PodResizeValidator implements Admission {
  private static final String SYSTEM = "kubernetes.io/os";

  private final Supplier<ResourceType> nodes;

  public PodResizeValidator(Supplier<ResourceType> nodes) {
    this.nodes = nodes;
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    JsonObject old = request.old();
    boolean resized =
        request.action() == Action.UPDATE
            && request.type().groupResource().equals("pods")
            && request.subresource().equals("resize");
    if (!resized || pod == null || old == null || generation(pod).equals(generation(old))) {
      return;
    }
    String name = pod.objectAt("spec").text("nodeName");
    if (name == null || name.isEmpty()) {
      return;
    }
    StoredObject node = view.find(nodes.get(), "", name);
    if (node == null) {
      throw StatusErrors.forbidden(
          request.type(), request.name(), "node \"%s\" not found".formatted(name));
    }
    require(request, name, node.tree(), pod.objectAt("spec"));
  }

  private static Json generation(JsonObject object) {
    Json generation = object.objectAt("metadata").get("generation");
    return generation == null ? Json.NULL : generation;
  }

  private static void require(
      AdmissionRequest request, String name, JsonObject node, JsonObject spec) {
    JsonObject labels = node.objectAt("metadata").object("labels");
    String system = labels == null ? null : labels.text(SYSTEM);
    if (system != null && !system.equals("linux")) {
      throw refusal(
          request,
          "UnsupportedPlatform",
          "pod resize is only supported on linux nodes, node \"%s\" is \"%s\""
              .formatted(name, system));
    }
    ResourceAmounts wanted =
        ResourceAmounts.ofPod(spec, "requests").and(ResourceAmounts.of(spec.object("overhead")));
    JsonObject status = node.object("status");
    ResourceAmounts there =
        ResourceAmounts.of(status == null ? null : status.object("allocatable"));
    List<String> missing = new ArrayList<>();
    if (isMore(wanted, there, "cpu")) {
      missing.add(
          "cpu, requested: %d, allocatable: %d"
              .formatted(wanted.amount("cpu").milliValue(), there.amount("cpu").milliValue()));
    }
    if (isMore(wanted, there, "memory")) {
      missing.add(
          "memory, requested: %d, allocatable: %d"
              .formatted(wanted.amount("memory").value(), there.amount("memory").value()));
    }
    if (!missing.isEmpty()) {
      throw refusal(
          request,
          "NodeCapacity",
          "node didn't have enough allocatable resources: " + String.join("; ", missing));
    }
  }

  private static boolean isMore(ResourceAmounts wanted, ResourceAmounts there, String name) {
    return wanted.amount(name).compareTo(there.amount(name)) > 0;
  }

  private static StatusError refusal(AdmissionRequest request, String reason, String why) {
    ResourceType type = request.type();
    String message =
        "%s \"%s\" is forbidden: %s".formatted(type.groupResource(), request.name(), why);
    Details details =
        Details.of(type.group(), type.plural(), request.name())
            .because(List.of(new Cause(reason, "", "")));
    return new StatusError(new Status(403, "Forbidden", message, details));
  }
}
