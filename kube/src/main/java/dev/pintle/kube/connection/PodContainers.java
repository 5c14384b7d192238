package dev.pintle.kube.connection;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;

/// The containers of a pod that a request may be meant for.
final class PodContainers {
  private static final List<String> LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodContainers() {}

  /// A container of the pod is named, or it has only one.
  ///
  /// @throws dev.pintle.kube.status.StatusError with code 400 otherwise
  static void require(String container, String pod, JsonObject spec) {
    List<String> names = new ArrayList<>();
    for (String list : LISTS) {
      spec.objects(list).forEach(each -> names.add(each.textOrEmpty("name")));
    }
    if (!container.isEmpty()) {
      if (!names.contains(container)) {
        throw StatusErrors.badRequest(
            "container %s is not valid for pod %s".formatted(container, pod));
      }
    } else if (spec.objects("containers").size() != 1) {
      throw StatusErrors.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(pod, String.join(" ", names)));
    }
  }
}
