package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON Merge Patch, RFC 7396, as upstream's library has it: where the patch brings something new, members with null are left out of
/// lists too; a list that takes the place of an object keeps them.
final class MergePatch {
  private MergePatch() {}

  /// Changes `target` and answers it.
  static JsonObject apply(JsonObject patch, JsonObject target, Opened opened) {
    opened.add(target);
    Set<String> gone = new HashSet<>(0);
    for (JsonObject.Field field : patch) {
      if (field.value() instanceof Json.Null) {
        gone.add(field.name());
      } else {
        target.set(field.name(), merged(field.value(), target.get(field.name()), opened));
      }
    }
    if (!gone.isEmpty()) {
      target.removeIf((name, _) -> gone.contains(name));
    }
    return target;
  }

  private static Json merged(Json patch, @Nullable Json target, Opened opened) {
    if (target instanceof JsonObject there) {
      return patch instanceof JsonObject object ? apply(object, there, opened) : patch.copy();
    }
    return withoutNulls(patch, opened);
  }

  static Json withoutNulls(Json patch, Opened opened) {
    Json made = patch.copy();
    Directives.dropNulls(made);
    opened.addAll(made);
    return made;
  }
}
