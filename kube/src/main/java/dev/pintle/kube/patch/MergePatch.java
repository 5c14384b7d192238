package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON Merge Patch, RFC 7396.
final class MergePatch {
  private MergePatch() {}

  /// Changes `target` and answers it.
  static JsonObject apply(JsonObject patch, JsonObject target) {
    Set<String> gone = new HashSet<>(0);
    for (JsonObject.Field field : patch) {
      if (field.value() instanceof Json.Null) {
        gone.add(field.name());
      } else {
        target.set(field.name(), merged(field.value(), target.get(field.name())));
      }
    }
    if (!gone.isEmpty()) {
      target.removeIf((name, _) -> gone.contains(name));
    }
    return target;
  }

  private static Json merged(Json patch, @Nullable Json target) {
    if (!(patch instanceof JsonObject object)) {
      return patch.copy();
    }
    return apply(object, target instanceof JsonObject there ? there : new JsonObject());
  }
}
