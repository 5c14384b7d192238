package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The admission plugin AlwaysPullImages: nobody runs an image that happens to lie on a node without the right to pull it.
public final class AlwaysPullImages implements Admission {
  private static final String POLICY = "imagePullPolicy";
  private static final String ALWAYS = "Always";
  private static final List<String> LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod == null || !concerns(request, pod)) {
      return;
    }
    JsonObject spec = pod.objectAt("spec");
    for (String list : LISTS) {
      spec.objects(list).forEach(container -> container.set(POLICY, ALWAYS));
    }
    for (JsonObject volume : spec.objects("volumes")) {
      JsonObject image = volume.object("image");
      if (image != null) {
        image.set("pullPolicy", ALWAYS);
      }
    }
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod == null || !concerns(request, pod)) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    JsonObject spec = pod.objectOrEmpty("spec");
    for (String list : LISTS) {
      List<JsonObject> containers = spec.objects(list);
      for (int i = 0; i < containers.size(); i++) {
        check(
            containers.get(i).textOrEmpty(POLICY),
            "spec.%s[%d].%s".formatted(list, i, POLICY),
            request,
            wrong);
      }
    }
    List<JsonObject> volumes = spec.objects("volumes");
    for (int i = 0; i < volumes.size(); i++) {
      JsonObject image = volumes.get(i).object("image");
      if (image != null) {
        check(
            image.textOrEmpty("pullPolicy"),
            "spec.volumes[%d].image.pullPolicy".formatted(i),
            request,
            wrong);
      }
    }
    if (!wrong.isEmpty()) {
      throw StatusErrors.bare(
          500, wrong.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", wrong) + "]");
    }
  }

  private static void check(
      String policy, String path, AdmissionRequest request, List<String> wrong) {
    if (!policy.equals(ALWAYS)) {
      wrong.add(
          "pods \"%s\" is forbidden: %s: Unsupported value: \"%s\": supported values: \"%s\""
              .formatted(request.name(), path, policy, ALWAYS));
    }
  }

  /// An update that brings no other image is none of its business.
  private static boolean concerns(AdmissionRequest request, JsonObject pod) {
    if (!request.isOf("", "pods")) {
      return false;
    }
    JsonObject old = request.old();
    return request.action() == Action.CREATE
        || (request.action() == Action.UPDATE
            && old != null
            && !images(old).containsAll(images(pod)));
  }

  private static Set<String> images(JsonObject pod) {
    Set<String> images = new HashSet<>();
    for (String list : LISTS) {
      for (JsonObject container : pod.objectOrEmpty("spec").objects(list)) {
        images.add(container.textOrEmpty("image"));
      }
    }
    return images;
  }
}
