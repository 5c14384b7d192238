package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.validation.Immutable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The admission plugin NodeDeclaredFeatureValidator: a pod that runs changes only in ways that its node says it can follow.
public final class NodeDeclaredFeatureValidator implements Admission {
  private static final String RESOURCES = "resources";
  private static final String OF_POD = "InPlacePodLevelResourcesVerticalScaling";
  private static final String OF_INIT_CONTAINERS = "InPlacePodVerticalScalingInitContainers";
  private static final String OF_MEMORY = "InPlacePodVerticalScalingMemoryBackedVolumes";

  private final Supplier<ResourceType> nodes;

  public NodeDeclaredFeatureValidator(Supplier<ResourceType> nodes) {
    this.nodes = nodes;
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    JsonObject old = request.old();
    String subresource = request.subresource();
    boolean looksAt =
        request.action() == Action.UPDATE
            && request.type().groupResource().equals("pods")
            && (subresource.isEmpty() || subresource.equals("resize"));
    if (!looksAt || pod == null || old == null) {
      return;
    }
    JsonObject spec = pod.objectOrEmpty("spec");
    String name = spec.textOrEmpty("nodeName");
    List<String> needed = name.isEmpty() ? List.of() : needed(spec, old.objectOrEmpty("spec"));
    if (needed.isEmpty()) {
      return;
    }
    StoredObject node = view.find(nodes.get(), "", name);
    if (node == null) {
      throw refusal(request, "node \"%s\" not found".formatted(name));
    }
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(node.tree().objectOrEmpty("status").texts("declaredFeatures"));
    if (!missing.isEmpty()) {
      throw refusal(
          request,
          "pod update requires features %s which are not available on node \"%s\""
              .formatted(String.join(", ", missing), name));
    }
  }

  private static StatusError refusal(AdmissionRequest request, String why) {
    return StatusErrors.forbidden(request.type(), request.name(), why);
  }

  private static List<String> needed(JsonObject spec, JsonObject old) {
    List<String> needed = new ArrayList<>(0);
    if (!Immutable.same(spec.get(RESOURCES), old.get(RESOURCES))) {
      needed.add(OF_POD);
    }
    if (resizesInitContainer(spec.objects("initContainers"), old.objects("initContainers"))) {
      needed.add(OF_INIT_CONTAINERS);
    }
    if (resizesMemory(spec.objects("volumes"), old.objects("volumes"))) {
      needed.add(OF_MEMORY);
    }
    return needed;
  }

  /// Of those that end before others begin; as many as there were, or the update is not valid.
  private static boolean resizesInitContainer(List<JsonObject> now, List<JsonObject> before) {
    for (int i = 0; i < Math.min(now.size(), before.size()); i++) {
      boolean stays = before.get(i).textOrEmpty("restartPolicy").equals("Always");
      if (!stays && !Immutable.same(before.get(i).get(RESOURCES), now.get(i).get(RESOURCES))) {
        return true;
      }
    }
    return false;
  }

  private static boolean resizesMemory(List<JsonObject> now, List<JsonObject> before) {
    for (int i = 0; i < now.size() && now.size() == before.size(); i++) {
      JsonObject volume = now.get(i);
      Optional<Quantity> limit = memory(volume);
      Optional<Quantity> was = memory(before.get(i));
      boolean same = volume.textOrEmpty("name").equals(before.get(i).textOrEmpty("name"));
      if (same && limit.isPresent() && was.isPresent() && limit.get().compareTo(was.get()) != 0) {
        return true;
      }
    }
    return false;
  }

  /// The limit of a volume in memory.
  private static Optional<Quantity> memory(JsonObject volume) {
    JsonObject directory = volume.objectOrEmpty("emptyDir");
    String limit = directory.textOrEmpty("sizeLimit");
    return directory.textOrEmpty("medium").equals("Memory") && !limit.isEmpty()
        ? Optional.of(Quantity.parse(limit))
        : Optional.empty();
  }
}
