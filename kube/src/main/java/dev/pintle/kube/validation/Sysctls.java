package dev.pintle.kube.validation;

import com.google.re2j.Pattern;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;

/// The rules of the settings of the kernel that a pod asks for.
final class Sysctls {
  private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String NAME = "^(" + SEGMENT + "[\\./])*" + SEGMENT + "$";
  private static final Pattern NAMES = Pattern.compile(NAME);
  private static final int BYTES_MAX = 253;

  private Sysctls() {}

  static void check(ValidatedObject spec) {
    ValidatedObject security = spec.child("securityContext");
    if (security == null) {
      return;
    }
    boolean hostMayStay = OldFaults.inPod(spec.context(), PodFault.HOST_SETTINGS);
    Set<String> names = new HashSet<>();
    for (ValidatedObject sysctl : security.items("sysctls")) {
      String name = sysctl.text("name");
      if (name.isEmpty()) {
        sysctl.required("name", "");
      } else if (Formats.bytes(name) > BYTES_MAX || !NAMES.matches(name)) {
        sysctl.invalid(
            "name",
            "must have at most %d characters and match regex %s".formatted(BYTES_MAX, NAME));
      } else if (names.contains(name)) {
        sysctl.duplicate("name");
      }
      String shared = sharedWithHost(name, spec.structure());
      if (!hostMayStay && !shared.isEmpty()) {
        sysctl.invalid("name", "may not be specified when '%s' is true".formatted(shared));
      }
      names.add(name);
    }
  }

  /// Whether a pod has settings that it shares with its host.
  static boolean asksOfHost(JsonObject spec) {
    for (JsonObject sysctl : spec.objectOrEmpty("securityContext").objects("sysctls")) {
      if (!sharedWithHost(sysctl.textOrEmpty("name"), spec).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// The field by which the pod shares what the setting is of with its host, empty for none.
  private static String sharedWithHost(String sysctl, JsonObject spec) {
    int star = sysctl.indexOf('*');
    String name = dotted(star < 0 ? sysctl : sysctl.substring(0, star));
    if (name.startsWith("net.")) {
      return spec.isTrue("hostNetwork") ? "hostNetwork" : "";
    }
    boolean ofProcesses =
        name.startsWith("fs.mqueue.")
            || switch (name) {
              case "kernel.sem",
                  "kernel.shmall",
                  "kernel.shmmax",
                  "kernel.shmmni",
                  "kernel.shm_rmid_forced",
                  "kernel.shm",
                  "kernel.msgmax",
                  "kernel.msgmnb",
                  "kernel.msgmni",
                  "kernel.msg" ->
                  true;
              default -> false;
            };
    return ofProcesses && spec.isTrue("hostIPC") ? "hostIPC" : "";
  }

  /// A name whose first separator is a slash has slashes for dots and dots for slashes.
  private static String dotted(String name) {
    int dot = name.indexOf('.');
    int slash = name.indexOf('/');
    if (slash < 0 || (dot >= 0 && dot < slash)) {
      return name;
    }
    StringBuilder dotted = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char character = name.charAt(i);
      dotted.append(character == '.' ? '/' : character == '/' ? '.' : character);
    }
    return dotted.toString();
  }
}
