package dev.pintle.kube.conversion;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;

/// The types of what travels in annotations of autoscalers, told by the names of fields alone. What Go could not read into its
/// structures counts as absent, all of it.
final class TravellingShapes {
  private static final Set<String> NUMBERS =
      Set.of("targetaverageutilization", "currentaverageutilization");
  private static final Set<String> AMOUNTS =
      Set.of(
          "targetaveragevalue",
          "targetvalue",
          "currentaveragevalue",
          "currentvalue",
          "averagevalue");
  private static final Set<String> STRUCTURES =
      Set.of(
          "resource",
          "pods",
          "object",
          "external",
          "containerresource",
          "target",
          "selector",
          "metricselector");
  private static final Set<String> DIRECTIONS = Set.of("scaleup", "scaledown");
  private static final Set<String> TEXTS =
      Set.of(
          "type",
          "name",
          "metricname",
          "kind",
          "apiversion",
          "container",
          "key",
          "operator",
          "status",
          "reason",
          "message");

  private TravellingShapes() {}

  /// Whether a list is one of structures of which no field is of a wrong type.
  static boolean fits(JsonArray list) {
    for (Json item : list) {
      if (!(item instanceof Json.Null) && !fitsStructure(item)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a behaviour is one: numbers where they are, and rules that are structures.
  static boolean fitsBehavior(JsonObject behavior) {
    for (JsonObject.Field direction : behavior) {
      boolean known = DIRECTIONS.contains(direction.name().toLowerCase(Locale.ROOT));
      if (known && !(direction.value() instanceof Json.Null) && !fitsRules(direction.value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fitsRules(Json value) {
    if (!(value instanceof JsonObject rules)) {
      return false;
    }
    for (JsonObject.Field rule : rules) {
      boolean fits =
          rule.value() instanceof Json.Null
              || switch (rule.name().toLowerCase(Locale.ROOT)) {
                case "stabilizationwindowseconds", "value", "periodseconds" ->
                    rule.value() instanceof Json.Whole(long number) && number == (int) number;
                case "selectpolicy", "type" -> rule.value() instanceof Json.Text;
                case "tolerance" -> isAmount(rule.value());
                case "policies" -> rule.value() instanceof JsonArray list && areRules(list);
                default -> true;
              };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean areRules(JsonArray list) {
    for (Json item : list) {
      if (!(item instanceof Json.Null) && !fitsRules(item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fitsStructure(Json value) {
    if (!(value instanceof JsonObject object)) {
      return false;
    }
    for (JsonObject.Field field : object) {
      if (!(field.value() instanceof Json.Null)
          && !fits(field.name().toLowerCase(Locale.ROOT), field.value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String name, Json value) {
    if (NUMBERS.contains(name)) {
      return value instanceof Json.Whole(long number) && number == (int) number;
    }
    if (AMOUNTS.contains(name)) {
      return isAmount(value);
    }
    if (STRUCTURES.contains(name)) {
      return fitsStructure(value);
    }
    return switch (name) {
      case "matchlabels" -> value instanceof JsonObject labels && areTexts(labels);
      case "matchexpressions" -> value instanceof JsonArray list && fits(list);
      case "values" -> value instanceof JsonArray list && areTexts(list);
      case "lasttransitiontime" -> value instanceof Json.Text(String text) && isTime(text);
      default -> !TEXTS.contains(name) || value instanceof Json.Text;
    };
  }

  private static boolean isAmount(Json value) {
    return switch (value) {
      case Json.Whole _, Json.Decimal _ -> true;
      case Json.Text(String text) -> isQuantity(text);
      case JsonObject _, JsonArray _, Json.Bool _, Json.Null _ -> false;
    };
  }

  private static boolean isQuantity(String text) {
    if (text.isEmpty()) {
      return true;
    }
    try {
      Quantity _ = Quantity.parse(text);
      return true;
    } catch (QuantitySyntaxException _) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime _ = OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException _) {
      return text.isEmpty();
    }
  }

  private static boolean areTexts(JsonObject labels) {
    for (JsonObject.Field label : labels) {
      if (!(label.value() instanceof Json.Text) && !(label.value() instanceof Json.Null)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areTexts(JsonArray values) {
    for (Json value : values) {
      if (!(value instanceof Json.Text) && !(value instanceof Json.Null)) {
        return false;
      }
    }
    return true;
  }
}
