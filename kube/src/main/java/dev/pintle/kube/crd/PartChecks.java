package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ValueRules;
import dev.pintle.kube.schema.ValueRules.Bounds;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How many parts lists and objects may have.
final class PartChecks {
  private PartChecks() {}

  static void items(ValueRules rules, JsonArray list, FieldPath path, List<FieldError> found) {
    count(rules.parts().items(), list.size(), path, "items", found);
    if (rules.parts().uniqueItems()) {
      Set<Json> seen = new HashSet<>();
      for (Json item : list) {
        if (!seen.add(item)) {
          found.add(
              FieldError.invalid(
                  path, list, "%s in body shouldn't contain duplicates".formatted(path)));
          return;
        }
      }
    }
  }

  static void properties(
      ValueRules rules, JsonObject object, FieldPath path, List<FieldError> found) {
    count(rules.parts().properties(), object.size(), path, "properties", found);
  }

  private static void count(
      Bounds bounds, int size, FieldPath path, String what, List<FieldError> found) {
    Long most = bounds.atMost();
    if (most != null && size > most) {
      found.add(FieldError.tooMany(path, size, Math.toIntExact(most)));
    }
    Long least = bounds.atLeast();
    if (least != null && size < least) {
      found.add(
          FieldError.invalid(
              path,
              Json.of(size),
              "%s in body should have at least %d %s".formatted(path, least, what)));
    }
  }
}
