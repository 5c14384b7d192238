package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// JSON Merge Patch, RFC 7396.
final class MergePatch {
  private MergePatch() {}

  /// Changes `target` and answers it.
  static JsonObject apply(JsonObject patch, JsonObject target) {
    for (JsonObject.Field field : patch) {
      if (field.value() instanceof Json.Null) {
        target.remove(field.name());
      } else {
        target.set(field.name(), merged(field.value(), target.get(field.name())));
      }
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
