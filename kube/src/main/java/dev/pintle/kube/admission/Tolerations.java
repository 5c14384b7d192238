package dev.pintle.kube.admission;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The merging of two lists of tolerations: where one tolerates all that another does, it alone is left.
final class Tolerations {
  private Tolerations() {}

  static JsonArray merged(@Nullable JsonArray first, @Nullable JsonArray second) {
    List<JsonObject> all = new ArrayList<>(SecretReferences.objects(first));
    all.addAll(SecretReferences.objects(second));
    List<JsonObject> merged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      JsonObject one = all.get(i);
      boolean covered = merged.stream().anyMatch(other -> covers(other, one));
      // Of equal ones the first stays.
      boolean willBe =
          all.subList(i + 1, all.size()).stream()
              .anyMatch(other -> !other.equals(one) && covers(other, one));
      if (!covered && !willBe) {
        merged.add(one);
      }
    }
    JsonArray list = new JsonArray();
    merged.forEach(one -> list.add(one.copy()));
    return list;
  }

  /// Whether `wide` tolerates every taint that `narrow` tolerates.
  private static boolean covers(JsonObject wide, JsonObject narrow) {
    if (wide.equals(narrow)) {
      return true;
    }
    String operator = text(wide, "operator");
    boolean everyKey = text(wide, "key").isEmpty() && operator.equals("Exists");
    boolean everyEffect = text(wide, "effect").isEmpty();
    if ((!everyKey && !text(wide, "key").equals(text(narrow, "key")))
        || (!everyEffect && !text(wide, "effect").equals(text(narrow, "effect")))
        || !lastsAsLong(wide, narrow)) {
      return false;
    }
    return switch (operator) {
      case "", "Equal" ->
          text(narrow, "operator").equals("Equal")
              && text(narrow, "value").equals(text(wide, "value"));
      case "Exists" -> true;
      default -> false;
    };
  }

  private static boolean lastsAsLong(JsonObject wide, JsonObject narrow) {
    if (!text(wide, "effect").equals("NoExecute")
        || !(wide.get("tolerationSeconds") instanceof Json.Whole(long most))) {
      return true;
    }
    return narrow.get("tolerationSeconds") instanceof Json.Whole(long seconds) && seconds <= most;
  }

  private static String text(JsonObject toleration, String field) {
    return toleration.get(field) instanceof Json.Text(String text) ? text : "";
  }
}
