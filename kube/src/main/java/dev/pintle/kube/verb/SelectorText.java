package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// The text form of a label selector, as list requests take it: from a text, a map of labels, or `matchLabels` with
/// `matchExpressions`.
final class SelectorText {
  private SelectorText() {}

  static String of(Json selector) {
    return switch (selector) {
      case Json.Text(var text) -> text;
      case JsonObject object -> of(object);
      case JsonArray _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> "";
    };
  }

  private static String of(JsonObject selector) {
    List<String> terms = new ArrayList<>();
    boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
    JsonObject labels = structured ? selector.object("matchLabels") : selector;
    if (labels != null) {
      labels.forEach(field ->
          terms.add(
              field.name() + "=" + (field.value() instanceof Json.Text(var text) ? text : "")));
    }
    JsonArray expressions = structured ? selector.array("matchExpressions") : null;
    if (expressions != null) {
      expressions.forEach(item -> {
        if (item instanceof JsonObject expression) {
          terms.add(term(expression));
        }
      });
    }
    Collections.sort(terms);
    return String.join(",", terms);
  }

  private static String term(JsonObject expression) {
    String key = String.valueOf(expression.text("key"));
    String operator = String.valueOf(expression.text("operator"));
    List<String> values = new ArrayList<>(expression.texts("values"));
    Collections.sort(values);
    return switch (operator) {
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      case "In", "NotIn" ->
          "%s %s (%s)".formatted(key, operator.toLowerCase(Locale.ROOT), String.join(",", values));
      default -> key;
    };
  }
}
