package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.util.Map;

/// Functions of versions.
final class VersionFunctions {
  private VersionFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put(
        "semver",
        (_, given) ->
            new Value.Extension(
                SemanticVersion.parse(TextFunctions.text(given, 0), isLenient(given))));
    functions.put(
        "isSemver",
        (_, given) ->
            Value.of(SemanticVersion.isOne(TextFunctions.text(given, 0), isLenient(given))));
    functions.put("major", (_, given) -> Value.of(version(given[0]).major()));
    functions.put("minor", (_, given) -> Value.of(version(given[0]).minor()));
    functions.put("patch", (_, given) -> Value.of(version(given[0]).patch()));
  }

  private static boolean isLenient(Value[] given) {
    return given.length > 1 && Interpretable.isTrue(given[1]);
  }

  private static SemanticVersion version(Value value) {
    return LibraryValue.of(value, SemanticVersion.class);
  }

  static int compare(Value left, Value right) {
    return version(left).compareTo(version(right));
  }
}
