package dev.pintle.kube.openapi;

import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;

/// The names of operations: `createAppsV1NamespacedDeployment`, tagged `apps_v1`.
final class PathNames {
  private static final String OWN_SUFFIX = ".k8s.io";

  private PathNames() {}

  /// `/api/v1` or `/apis/apps/v1`
  static String root(GroupVersion version) {
    return (version.group().isEmpty() ? "/api/" : "/apis/") + version.text();
  }

  /// `apps_v1`, `rbacAuthorization_v1`
  static String tag(GroupVersion version) {
    return groupTag(version) + "_" + version.version();
  }

  /// `apps`, `rbacAuthorization`
  static String groupTag(GroupVersion version) {
    String group = capitalized(version);
    return Character.toLowerCase(group.charAt(0)) + group.substring(1);
  }

  /// `AppsV1`
  static String groupVersion(GroupVersion version) {
    return capitalized(version) + capital(version.version());
  }

  private static String capitalized(GroupVersion version) {
    if (version.group().isEmpty()) {
      return "Core";
    }
    String group = version.group();
    String own =
        group.endsWith(OWN_SUFFIX)
            ? group.substring(0, group.length() - OWN_SUFFIX.length())
            : group;
    StringBuilder name = new StringBuilder();
    for (String part : own.split("[.-]", -1)) {
      name.append(capital(part));
    }
    return name.toString();
  }

  /// `NamespacedDeployment`
  static String kind(ResourceType type) {
    return (type.namespaced() ? "Namespaced" : "") + type.kind();
  }

  static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
