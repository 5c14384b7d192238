package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// A fault of the specification of a pod that may stay, or come again elsewhere in it, once a stored one has it.
enum PodFault {
  /// Settings of the kernel that the pod shares with its host.
  HOST_SETTINGS,
  /// A container that administers the system and says not that it may get more rights than what starts it.
  SYSTEM_ADMIN,
  /// Devices beside users of the pod's own.
  DEVICES_OF_OWN_USERS,
  /// The network of the host beside users of the pod's own.
  HOST_NETWORK_OF_OWN_USERS,
  /// A volume of an image without a name.
  NAMELESS_IMAGE,
  /// A container that ends before the others start and would start again when it gets other resources.
  INITIAL_RESTART,
  /// Keys of labels that pods are spread by and that are selected by already.
  SPREAD_KEYS,
  /// A toleration that compares numbers.
  COMPARING_TOLERATION;

  boolean isIn(ValidationContext context, JsonObject pod) {
    return switch (this) {
      case HOST_SETTINGS -> Sysctls.asksOfHost(pod);
      case SYSTEM_ADMIN -> containers(pod).stream().anyMatch(PodFault::isSystemAdmin);
      case DEVICES_OF_OWN_USERS ->
          hasOwnUsers(pod)
              && containers(pod).stream()
                  .anyMatch(container -> !container.objects("volumeDevices").isEmpty());
      case HOST_NETWORK_OF_OWN_USERS -> hasOwnUsers(pod) && pod.isTrue("hostNetwork");
      case NAMELESS_IMAGE -> pod.objects("volumes").stream().anyMatch(PodFault::isNamelessImage);
      case INITIAL_RESTART ->
          pod.objects("initContainers").stream().anyMatch(PodFault::startsAgain);
      case SPREAD_KEYS -> SchedulingRules.hasBadSpreadKeys(context, pod);
      case COMPARING_TOLERATION ->
          pod.objects("tolerations").stream()
              .map(toleration -> toleration.textOrEmpty("operator"))
              .anyMatch(operator -> operator.equals("Lt") || operator.equals("Gt"));
    };
  }

  private static List<JsonObject> containers(JsonObject pod) {
    List<JsonObject> containers = new ArrayList<>();
    Containers.LISTS.forEach(list -> containers.addAll(pod.objects(list)));
    return containers;
  }

  private static boolean hasOwnUsers(JsonObject pod) {
    return Json.Bool.FALSE.equals(pod.get("hostUsers"));
  }

  private static boolean isSystemAdmin(JsonObject container) {
    JsonObject security = container.objectOrEmpty("securityContext");
    return !security.isTrue("allowPrivilegeEscalation")
        && security.objectOrEmpty("capabilities").texts("add").contains("CAP_SYS_ADMIN");
  }

  private static boolean isNamelessImage(JsonObject volume) {
    JsonObject image = volume.object("image");
    return image != null && image.textOrEmpty("reference").isEmpty();
  }

  private static boolean startsAgain(JsonObject container) {
    return !container.textOrEmpty("restartPolicy").equals("Always")
        && container.objects("resizePolicy").stream()
            .anyMatch(policy -> policy.textOrEmpty("restartPolicy").equals("RestartContainer"));
  }
}
