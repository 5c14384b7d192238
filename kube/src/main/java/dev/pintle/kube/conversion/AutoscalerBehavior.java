package dev.pintle.kube.conversion;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Locale;

/// The behaviour of an autoscaler, as it travels in an annotation: under the names that the fields have in Go, with all
/// of them.
final class AutoscalerBehavior {
  private static final List<String> BEHAVIOR = List.of("scaleUp", "scaleDown");
  private static final List<String> RULES =
      List.of("stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance");

  private AutoscalerBehavior() {}

  static String upper(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  static JsonObject rules(JsonObject behavior) {
    JsonObject named = new JsonObject();
    for (String direction : BEHAVIOR) {
      JsonObject rules = behavior.object(direction);
      named.set(upper(direction), rules == null ? Json.NULL : oneDirection(rules));
    }
    return named;
  }

  private static JsonObject oneDirection(JsonObject rules) {
    JsonObject named = new JsonObject();
    for (String field : RULES) {
      Json value = rules.get(field);
      named.set(upper(field), value == null ? Json.NULL : upperAll(value));
    }
    return named;
  }

  private static Json upperAll(Json value) {
    if (!(value instanceof JsonArray policies)) {
      return value;
    }
    JsonArray named = new JsonArray();
    for (Json item : policies) {
      JsonObject policy = new JsonObject();
      if (item instanceof JsonObject given) {
        given.forEach(field -> policy.set(upper(field.name()), field.value()));
      }
      named.add(policy);
    }
    return named;
  }

  /// The same under their names in JSON; what is null is left out.
  static JsonObject lower(JsonObject structure) {
    JsonObject named = new JsonObject();
    for (JsonObject.Field field : structure) {
      if (!(field.value() instanceof Json.Null)) {
        named.set(lower(field.name()), lowerAll(field.value()));
      }
    }
    return named;
  }

  private static Json lowerAll(Json value) {
    return switch (value) {
      case JsonObject structure -> lower(structure);
      case JsonArray list -> {
        JsonArray named = new JsonArray();
        list.forEach(item -> named.add(lowerAll(item)));
        yield named;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }
}
