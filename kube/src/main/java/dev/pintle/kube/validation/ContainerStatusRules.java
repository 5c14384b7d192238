package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of what is reported of containers: as whom they run, and how their devices are.
final class ContainerStatusRules {
  private static final long USER_ID_MAX = 0xffff_ffffL;
  private static final long GROUP_ID_MAX = Integer.MAX_VALUE;
  private static final int MESSAGE_BYTES_MAX = 1024;
  private static final String CLAIM = "claim:";
  private static final String OF_CLAIM =
      "must match one of the container's resource claims as 'claim:<claimName>/<requestName>' when container.resources.claims[*].request is set or 'claim:<claimName>' when it is empty";

  private ContainerStatusRules() {}

  static void check(ValidatedObject pod, ValidatedObject status) {
    JsonObject spec = pod.structure().objectOrEmpty("spec");
    for (String list :
        List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
      status.items(list).forEach(container -> user(container, spec.object("os")));
    }
    devices(status, "containerStatuses", spec.objects("containers"));
    devices(status, "initContainerStatuses", spec.objects("initContainers"));
    for (ValidatedObject container : status.items("ephemeralContainerStatuses")) {
      if (container.count("allocatedResourcesStatus") > 0) {
        container.forbidden(
            "allocatedResourcesStatus", "must not be specified in container status");
      }
    }
  }

  private static void user(ValidatedObject container, @Nullable JsonObject system) {
    ValidatedObject user = container.child("user");
    ValidatedObject linux = user == null ? null : user.child("linux");
    if (user == null || linux == null) {
      return;
    }
    switch (system == null ? "linux" : system.textOrEmpty("name")) {
      case "windows" -> user.forbidden("linux", "cannot be set for a windows pod");
      case "linux" -> {
        linux.invalidNumber("uid", Ports.within(linux.number("uid"), 0, USER_ID_MAX));
        linux.invalidNumber("gid", Ports.within(linux.number("gid"), 0, GROUP_ID_MAX));
        groups(linux);
      }
      default -> {}
    }
  }

  private static void groups(ValidatedObject linux) {
    String field = "supplementalGroups";
    for (int i = 0; i < linux.count(field); i++) {
      if (linux.structure().arrayOrEmpty(field).at(i) instanceof Json.Whole group) {
        for (String complaint : Ports.within(group.value(), 0, GROUP_ID_MAX)) {
          linux.add(FieldError.invalid(linux.path(field).index(i), group, complaint));
        }
      }
    }
  }

  private static void devices(ValidatedObject status, String list, List<JsonObject> containers) {
    Map<String, JsonObject> said = new HashMap<>();
    containers.forEach(container -> said.putIfAbsent(container.textOrEmpty("name"), container));
    JsonObject extended = status.structure().object("extendedResourceClaimStatus");
    for (ValidatedObject container : status.items(list)) {
      JsonObject known = said.get(container.text("name"));
      for (ValidatedObject resource : container.items("allocatedResourcesStatus")) {
        if (known != null) {
          asked(resource, known, extended);
        }
        health(resource);
      }
    }
  }

  private static void asked(
      ValidatedObject resource, JsonObject container, @Nullable JsonObject extended) {
    String name = resource.text("name");
    JsonObject resources = container.objectOrEmpty("resources");
    String wrong;
    if (!name.startsWith(CLAIM)) {
      wrong =
          resources.objectOrEmpty("requests").has(name)
              ? ""
              : "must match one of the container's resource requests";
    } else {
      boolean found = extended != null && isExtended(name, container, extended);
      for (JsonObject claim : resources.objects("claims")) {
        String request = claim.textOrEmpty("request");
        String whole = CLAIM + claim.textOrEmpty("name") + (request.isEmpty() ? "" : "/" + request);
        found |= whole.equals(name);
      }
      wrong = found ? "" : OF_CLAIM;
    }
    if (!wrong.isEmpty()) {
      resource.add(FieldError.invalidWord(resource.path("name"), name, wrong));
    }
  }

  private static boolean isExtended(String name, JsonObject container, JsonObject extended) {
    int slash = name.indexOf('/');
    String claim = slash < 0 ? "" : name.substring(CLAIM.length(), slash);
    String request = name.substring(slash + 1);
    if (claim.isEmpty()
        || request.isEmpty()
        || !claim.equals(extended.textOrEmpty("resourceClaimName"))) {
      return false;
    }
    JsonObject requests = container.objectOrEmpty("resources").objectOrEmpty("requests");
    for (JsonObject mapping : extended.objects("requestMappings")) {
      boolean mapped =
          mapping.textOrEmpty("containerName").equals(container.textOrEmpty("name"))
              && mapping.textOrEmpty("requestName").equals(request);
      if (mapped
          && requests.get(mapping.textOrEmpty("resourceName")) instanceof Json.Text(var amount)
          && Quantity.parse(amount).sign() != 0) {
        return true;
      }
    }
    return false;
  }

  private static void health(ValidatedObject resource) {
    Set<String> seen = new HashSet<>();
    for (ValidatedObject device : resource.items("resources")) {
      switch (device.text("health")) {
        case "Healthy", "Unhealthy", "Unknown" -> {}
        default -> device.notSupported("health", "Healthy", "Unhealthy", "Unknown");
      }
      if (device.has("message")) {
        int bytes = Formats.bytes(device.text("message"));
        if (bytes == 0) {
          device.required("message", "must be non-empty if specified");
        } else if (bytes > MESSAGE_BYTES_MAX) {
          device.add(FieldError.tooLong(device.path("message"), MESSAGE_BYTES_MAX));
        }
      }
      if (!seen.add(device.text("resourceID"))) {
        device.add(FieldError.duplicateWord(device.path("resourceID"), device.text("resourceID")));
      }
    }
  }
}
