package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The strategy of PersistentVolumeClaims: what they are to be filled with is said in an older field (`dataSource`) and in
/// a newer one (`dataSourceRef`).
final class ClaimSteps {
  private static final String OLDER = "dataSource";
  private static final String NEWER = "dataSourceRef";

  private ClaimSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of("dataSources", ClaimSteps::dataSources);
  }

  private static void dataSources(JsonObject claim, JsonObject old) {
    JsonObject spec = claim.object("spec");
    JsonObject oldSpec = old.object("spec");
    if (spec == null) {
      return;
    }
    JsonObject newer = spec.object(NEWER);
    if (crosses(newer) && !crosses(oldSpec == null ? null : oldSpec.object(NEWER))) {
      spec.remove(NEWER);
      newer = null;
    }
    boolean filled =
        oldSpec != null && (oldSpec.object(OLDER) != null || oldSpec.object(NEWER) != null);
    if (!filled && newer == null && !isOfOld(spec.object(OLDER))) {
      // What clients of the older field never got, they do not get now.
      spec.remove(OLDER);
    }
    sayBoth(spec);
    if (oldSpec != null) {
      // Stored before both were said, and not changed by saying so.
      sayBoth(oldSpec);
    }
  }

  private static void sayBoth(JsonObject spec) {
    JsonObject older = spec.object(OLDER);
    JsonObject newer = spec.object(NEWER);
    if (older != null && newer == null) {
      spec.set(NEWER, copied(older));
    } else if (newer != null && older == null && !crosses(newer)) {
      spec.set(OLDER, copied(newer));
    }
  }

  private static JsonObject copied(JsonObject source) {
    JsonObject copy = new JsonObject();
    for (String field : List.of("apiGroup", "kind", "name")) {
      Json value = source.get(field);
      if (value != null) {
        copy.set(field, value);
      }
    }
    return copy;
  }

  /// Whether it lies in another namespace, from which nothing is taken.
  private static boolean crosses(@Nullable JsonObject newer) {
    return newer != null && newer.text("namespace") instanceof String text && !text.isEmpty();
  }

  private static boolean isOfOld(@Nullable JsonObject older) {
    if (older == null) {
      return false;
    }
    String group = older.text("apiGroup");
    return (group == null || group.isEmpty())
        ? "PersistentVolumeClaim".equals(older.text("kind"))
        : group.equals("snapshot.storage.k8s.io") && "VolumeSnapshot".equals(older.text("kind"));
  }
}
