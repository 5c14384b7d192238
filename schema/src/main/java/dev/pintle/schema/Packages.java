package dev.pintle.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The map from the names of one source to those of another: messages and models to OpenAPI's definitions, definitions
/// to kinds.
final class Packages {
  private static final Pattern MODEL_PREFIX =
      Pattern.compile("^(?:[A-Z][A-Za-z]*?)?V[0-9]+(?:(?:alpha|beta)[0-9]+)?(?=[A-Z])");

  private final Map<String, String> borrowed = new HashMap<>();
  private final Map<String, GroupFacts> byPackage = new LinkedHashMap<>();

  Packages(List<GroupFacts> tables) {
    for (GroupFacts table : tables) {
      byPackage.put(table.protoPackage, table);
      table.borrowed.forEach(old -> borrowed.put(old, table.protoPackage));
    }
  }

  /// `k8s.io.api.core.v1.Pod` is `io.k8s.api.core.v1.Pod`.
  String definitionOfMessage(String fullName) {
    int dot = fullName.lastIndexOf('.');
    return definition(fullName.substring(0, dot), fullName.substring(dot + 1));
  }

  String definition(String protoPackage, String simpleName) {
    String ours = borrowed.getOrDefault(protoPackage, protoPackage);
    return "io.k8s" + ours.substring("k8s.io".length()) + "." + simpleName;
  }

  /// `V1Pod`, `CoreV1Event` are `Pod`, `Event`.
  static String simpleName(String internalName) {
    String name = internalName.substring(internalName.lastIndexOf('/') + 1);
    return MODEL_PREFIX.matcher(name).replaceFirst("");
  }

  /// The group and version a definition belongs to.
  GroupFacts tableOf(String definition) {
    String protoPackage =
        "k8s.io" + definition.substring("io.k8s".length(), definition.lastIndexOf('.'));
    GroupFacts table = byPackage.get(protoPackage);
    if (table == null) {
      throw new IllegalArgumentException(
          "definition: %s (expected: of a package that a table names)".formatted(definition));
    }
    return table;
  }
}
