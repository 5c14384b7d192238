package dev.pintle.kube.object;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of one map of YAML that upstream makes no names of. One is told; of the same that stands twice, the last.
final class YamlOddKeys {
  private @Nullable YamlKey first;
  private Json value = Json.NULL;

  void add(YamlKey key, Json its) {
    if (!key.unsupported().isEmpty() && (first == null || first.equals(key))) {
      first = key;
      value = its;
    }
  }

  /// What is said of them; empty when there are none.
  Optional<JsonSyntaxException> told() {
    return Optional.ofNullable(first)
        .map(key ->
            new JsonSyntaxException(
                "unsupported map key of type: %s, key: %s, value: %s"
                    .formatted(key.unsupported(), key.shown(), YamlGoValues.of(value))));
  }
}
