package dev.pintle.server.cli;

import dev.pintle.kube.schema.EarlierVersions;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.server.failure.StartException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The flag that says which versions of objects are served beside the usual ones: `GROUP/VERSION=true`, with commas between, as
/// kube-apiserver's.
final class VersionFlags {
  static final String RUNTIME_CONFIG = "runtime-config";

  private static final String TRUE = "true";
  private static final String FALSE = "false";

  private VersionFlags() {}

  static Set<GroupVersion> read(Flags flags) throws StartException {
    Set<String> served = new TreeSet<>();
    String text = flags.value(RUNTIME_CONFIG).orElse("");
    for (String each : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
      int equals = each.indexOf('=');
      String version = equals < 0 ? each : each.substring(0, equals);
      String value = equals < 0 ? TRUE : each.substring(equals + 1);
      if (!isKnown(version) || !(value.equals(TRUE) || value.equals(FALSE))) {
        throw flags.refusal(
            "--%s: %s (expected: flowcontrol.apiserver.k8s.io/v1beta3=true or =false)"
                .formatted(RUNTIME_CONFIG, each));
      }
      boolean _ = value.equals(TRUE) ? served.add(version) : served.remove(version);
    }
    return served.stream().map(GroupVersion::parse).collect(Collectors.toSet());
  }

  private static boolean isKnown(String version) {
    return version.indexOf('/') > 0 && EarlierVersions.isKnown(GroupVersion.parse(version));
  }

  static String shown(Set<GroupVersion> served) {
    return served.stream()
        .map(version -> version.text() + "=" + TRUE)
        .sorted()
        .collect(Collectors.joining(","));
  }
}
