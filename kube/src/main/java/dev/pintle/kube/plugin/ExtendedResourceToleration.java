package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.validation.ResourceNameRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The admission plugin ExtendedResourceToleration: a pod that asks for what only some nodes have tolerates the taint by which these
/// keep other pods away.
public final class ExtendedResourceToleration implements Admission {
  private static final String EXISTS = "Exists";
  private static final String EFFECT = "NoSchedule";

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    boolean written = request.action() == Action.CREATE || request.action() == Action.UPDATE;
    if (pod == null || !written || !request.isOf("", "pods")) {
      return;
    }
    JsonObject spec = pod.objectAt("spec");
    Set<String> names = new TreeSet<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonObject container : spec.objects(list)) {
        for (JsonObject.Field amount :
            container.objectOrEmpty("resources").objectOrEmpty("requests")) {
          if (ResourceNameRules.isExtended(amount.name())) {
            names.add(amount.name());
          }
        }
      }
    }
    names.forEach(name -> tolerate(spec, name));
  }

  private static void tolerate(JsonObject spec, String name) {
    JsonObject toleration =
        new JsonObject().set("key", name).set("operator", EXISTS).set("effect", EFFECT);
    JsonArray all = new JsonArray();
    boolean there = false;
    for (JsonObject one : spec.objects("tolerations")) {
      boolean same =
          one.textOrEmpty("key").equals(name)
              && one.textOrEmpty("operator").equals(EXISTS)
              && one.textOrEmpty("effect").equals(EFFECT)
              && one.textOrEmpty("value").isEmpty();
      all.add(same ? toleration.copy() : one);
      there |= same;
    }
    if (!there) {
      all.add(toleration);
    }
    spec.set("tolerations", all);
  }
}
