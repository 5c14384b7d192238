package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.function.Supplier;

/// The admission plugin PodTopologyLabels: a pod that is bound to a node gets the zone and region labels of the node,
/// whatever a client wrote.
public final class PodTopologyLabels implements Admission {
  private static final List<String> LABELS =
      List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

  private final Supplier<ResourceType> nodes;

  public PodTopologyLabels(Supplier<ResourceType> nodes) {
    this.nodes = nodes;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (request.action() != Action.CREATE
        || object == null
        || !request.type().groupResource().equals("pods")) {
      return;
    }
    switch (request.subresource()) {
      case "" -> copy(object.objectAt("spec").textOrEmpty("nodeName"), object, view);
      case "binding" -> {
        JsonObject target = object.objectAt("target");
        if (target.textOrEmpty("kind").equals("Node")) {
          copy(target.textOrEmpty("name"), object, view);
        }
      }
      default -> {}
    }
  }

  /// @param object a pod, or a binding, whose labels become the pod's
  private void copy(String node, JsonObject object, ObjectView view) {
    StoredObject found = node.isEmpty() ? null : view.find(nodes.get(), "", node);
    JsonObject labels = found == null ? null : found.tree().objectAt("metadata").object("labels");
    for (String label : LABELS) {
      Json value = labels == null ? null : labels.get(label);
      if (value != null) {
        object.objectAt("metadata").objectAt("labels").set(label, value);
      }
    }
  }
}
