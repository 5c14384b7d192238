package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;

/// The admission plugin TaintNodesByCondition: a new node is tainted as not ready, until a controller has seen that it is
/// ready.
public final class TaintNodesByCondition implements Admission {
  private static final String KEY = "node.kubernetes.io/not-ready";

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject node = request.object();
    if (request.action() != Action.CREATE || !request.isOf("", "nodes") || node == null) {
      return;
    }
    JsonObject spec = node.objectAt("spec");
    JsonArray taints = spec.array("taints");
    if (taints == null) {
      taints = new JsonArray();
      spec.set("taints", taints);
    }
    JsonObject taint = new JsonObject().set("key", KEY).set("effect", "NoSchedule");
    for (Json given : taints) {
      if (given instanceof JsonObject one
          && KEY.equals(one.text("key"))
          && "NoSchedule".equals(one.text("effect"))) {
        return;
      }
    }
    taints.add(taint);
  }
}
