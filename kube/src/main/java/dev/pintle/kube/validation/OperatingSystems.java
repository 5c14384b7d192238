package dev.pintle.kube.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of what a pod for one operating system may not ask for.
final class OperatingSystems {
  private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
  private static final List<String> POD_SECURITY =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy",
          "seLinuxChangePolicy");
  private static final List<String> CONTAINER_SECURITY =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private OperatingSystems() {}

  static void check(ValidatedObject spec) {
    ValidatedObject system = spec.child("os");
    if (system == null) {
      return;
    }
    switch (system.text("name")) {
      case "" -> system.required("name", "");
      case "linux" -> linux(spec);
      case "windows" -> windows(spec);
      default ->
          spec.add(
              FieldError.notSupportedWord(
                  system.path(), system.text("name"), List.of("linux", "windows")));
    }
  }

  private static void linux(ValidatedObject spec) {
    String detail = "windows options cannot be set for a linux pod";
    forbid(spec.child("securityContext"), List.of("windowsOptions"), detail);
    for (String list : Containers.LISTS) {
      for (ValidatedObject container : spec.items(list)) {
        forbid(container.child("securityContext"), List.of("windowsOptions"), detail);
      }
    }
  }

  private static void windows(ValidatedObject spec) {
    forbid(spec.child("securityContext"), POD_SECURITY, NOT_ON_WINDOWS);
    forbid(spec, List.of("hostUsers"), NOT_ON_WINDOWS);
    for (String field : List.of("hostPID", "hostIPC")) {
      if (spec.isTrue(field)) {
        spec.forbidden(field, NOT_ON_WINDOWS);
      }
    }
    forbid(spec, List.of("shareProcessNamespace"), NOT_ON_WINDOWS);
    for (String list : Containers.LISTS) {
      for (ValidatedObject container : spec.items(list)) {
        forbid(container.child("securityContext"), CONTAINER_SECURITY, NOT_ON_WINDOWS);
      }
    }
  }

  private static void forbid(@Nullable ValidatedObject place, List<String> fields, String detail) {
    if (place != null) {
      for (String field : fields) {
        if (place.has(field)) {
          place.forbidden(field, detail);
        }
      }
    }
  }
}
