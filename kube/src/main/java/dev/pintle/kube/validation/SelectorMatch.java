package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// The outcome of a structure that selects labels.
final class SelectorMatch {
  private SelectorMatch() {}

  /// Whether it selects everything; no selector selects nothing.
  static boolean isEmpty(@Nullable JsonObject selector) {
    return selector != null && size(selector) == 0;
  }

  static int size(JsonObject selector) {
    JsonObject labels = selector.object("matchLabels");
    JsonArray expressions = selector.array("matchExpressions");
    return (labels == null ? 0 : labels.size()) + (expressions == null ? 0 : expressions.size());
  }

  /// Whether it can be understood.
  static boolean isValid(@Nullable JsonObject selector) {
    if (selector == null) {
      return true;
    }
    JsonObject labels = selector.object("matchLabels");
    if (labels != null) {
      for (JsonObject.Field label : labels) {
        if (!Formats.qualifiedName(label.name()).isEmpty() || !isValue(label.value())) {
          return false;
        }
      }
    }
    for (Json expression : selector.arrayOrEmpty("matchExpressions")) {
      if (!(expression instanceof JsonObject object) || !isValidExpression(object)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(Json value) {
    return value instanceof Json.Text(var text) && Formats.labelValue(text).isEmpty();
  }

  private static boolean isValidExpression(JsonObject expression) {
    String key = expression.text("key");
    if (key == null || !Formats.qualifiedName(key).isEmpty()) {
      return false;
    }
    JsonArray values = expression.arrayOrEmpty("values");
    boolean sizeFits =
        switch (String.valueOf(expression.text("operator"))) {
          case "In", "NotIn" -> !values.isEmpty();
          case "Exists", "DoesNotExist" -> values.isEmpty();
          default -> false;
        };
    for (Json value : values) {
      sizeFits &= isValue(value);
    }
    return sizeFits;
  }

  /// Whether `labels` are selected by a valid selector.
  static boolean matches(@Nullable JsonObject selector, JsonObject labels) {
    if (selector == null) {
      return false;
    }
    JsonObject wanted = selector.object("matchLabels");
    if (wanted != null) {
      for (JsonObject.Field label : wanted) {
        if (!label.value().equals(labels.get(label.name()))) {
          return false;
        }
      }
    }
    for (Json expression : selector.arrayOrEmpty("matchExpressions")) {
      if (expression instanceof JsonObject object && !matchesExpression(object, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesExpression(JsonObject expression, JsonObject labels) {
    String key = expression.text("key");
    Json value = key == null ? null : labels.get(key);
    boolean listed = false;
    for (Json candidate : expression.arrayOrEmpty("values")) {
      listed |= candidate.equals(value);
    }
    return switch (String.valueOf(expression.text("operator"))) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
