package dev.pintle.kube.admission;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The merging of two lists of tolerations: where one tolerates all that another does, it alone is left.
public final class Tolerations {
  private Tolerations() {}

  public static JsonArray merged(@Nullable JsonArray first, @Nullable JsonArray second) {
    List<JsonObject> all = new ArrayList<>();
    if (first != null) {
      all.addAll(first.objects());
    }
    if (second != null) {
      all.addAll(second.objects());
    }
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

  /// Whether each of the tolerations tolerates no more than one of `allowed`.
  public static boolean areCovered(JsonArray tolerations, JsonArray allowed) {
    return tolerations.objects().stream()
        .allMatch(one -> allowed.objects().stream().anyMatch(other -> covers(other, one)));
  }

  /// Whether `wide` tolerates every taint that `narrow` tolerates.
  private static boolean covers(JsonObject wide, JsonObject narrow) {
    if (wide.equals(narrow)) {
      return true;
    }
    String operator = wide.textOrEmpty("operator");
    boolean everyKey = wide.textOrEmpty("key").isEmpty() && operator.equals("Exists");
    boolean everyEffect = wide.textOrEmpty("effect").isEmpty();
    if ((!everyKey && !wide.textOrEmpty("key").equals(narrow.textOrEmpty("key")))
        || (!everyEffect && !wide.textOrEmpty("effect").equals(narrow.textOrEmpty("effect")))
        || !lastsAsLong(wide, narrow)) {
      return false;
    }
    return switch (operator) {
      case "", "Equal" ->
          narrow.textOrEmpty("operator").equals("Equal")
              && narrow.textOrEmpty("value").equals(wide.textOrEmpty("value"));
      case "Exists" -> true;
      default -> false;
    };
  }

  private static boolean lastsAsLong(JsonObject wide, JsonObject narrow) {
    if (!wide.textOrEmpty("effect").equals("NoExecute")
        || !(wide.get("tolerationSeconds") instanceof Json.Whole(long most))) {
      return true;
    }
    return narrow.get("tolerationSeconds") instanceof Json.Whole(long seconds) && seconds <= most;
  }
}
