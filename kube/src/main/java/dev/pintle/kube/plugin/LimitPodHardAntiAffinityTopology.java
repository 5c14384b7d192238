package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;

/// The admission plugin LimitPodHardAntiAffinityTopology: a pod may demand to be apart from others on its node alone.
public final class LimitPodHardAntiAffinityTopology implements Admission {
  private static final String NODE = "kubernetes.io/hostname";

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    boolean written = request.action() == Action.CREATE || request.action() == Action.UPDATE;
    if (pod == null || !written || !request.isOf("", "pods")) {
      return;
    }
    JsonObject apart =
        pod.objectOrEmpty("spec").objectOrEmpty("affinity").objectOrEmpty("podAntiAffinity");
    for (JsonObject term : apart.objects("requiredDuringSchedulingIgnoredDuringExecution")) {
      String key = term.textOrEmpty("topologyKey");
      if (!key.equals(NODE)) {
        throw StatusErrors.forbidden(
            request.type(),
            request.name(),
            "affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey %s but only key %s is allowed"
                .formatted(key, NODE));
      }
    }
  }
}
