package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as messages show them: what Go's encoder makes of the structures of the API server.
final class GoForm {
  private static final List<String> SELECTOR = List.of("matchLabels", "matchExpressions");
  private static final List<String> EXPRESSION = List.of("key", "operator", "values");

  private GoForm() {}

  /// A selector of labels keeps the names it has in JSON.
  static Json selector(@Nullable JsonObject selector) {
    if (selector == null) {
      return Json.NULL;
    }
    JsonObject ordered = new JsonObject();
    for (String name : SELECTOR) {
      Json part = selector.get(name);
      if (part instanceof JsonObject labels && !labels.isEmpty()) {
        ordered.set(name, sorted(labels));
      } else if (part instanceof JsonArray expressions && !expressions.isEmpty()) {
        ordered.set(name, expressions(expressions));
      }
    }
    return ordered;
  }

  private static JsonArray expressions(JsonArray list) {
    JsonArray ordered = new JsonArray();
    for (Json item : list) {
      ordered.add(item instanceof JsonObject object ? inOrder(object, EXPRESSION) : item);
    }
    return ordered;
  }

  /// The fields that are there, in this order.
  static JsonObject inOrder(JsonObject object, List<String> names) {
    JsonObject ordered = new JsonObject();
    for (String name : names) {
      Json value = object.get(name);
      if (value != null) {
        ordered.set(name, value);
      }
    }
    return ordered;
  }

  /// A map, by its keys; null for none.
  static Json map(@Nullable JsonObject map) {
    return map == null ? Json.NULL : sorted(map);
  }

  private static JsonObject sorted(JsonObject map) {
    List<JsonObject.Field> fields = new ArrayList<>(map.size());
    map.forEach(fields::add);
    fields.sort(Comparator.comparing(JsonObject.Field::name));
    JsonObject sorted = new JsonObject();
    fields.forEach(field -> sorted.set(field.name(), field.value()));
    return sorted;
  }

  /// A structure of texts and numbers under the names that Go gives them: `name=Name`, a text when it is absent.
  static JsonObject titled(ValidatedObject structure, String... names) {
    JsonObject shown = new JsonObject();
    for (String name : names) {
      int equals = name.indexOf('=');
      Json value = structure.value(name.substring(0, equals));
      shown.set(name.substring(equals + 1), value == null ? Json.of("") : value);
    }
    return shown;
  }

  /// What is shown of `field`.
  static Json of(String field, @Nullable Json value) {
    return switch (value) {
      case null -> Json.NULL;
      case JsonObject object when field.equals("selector") -> selector(object);
      case JsonObject _,
          JsonArray _,
          Json.Text _,
          Json.Whole _,
          Json.Decimal _,
          Json.Bool _,
          Json.Null _ ->
          value;
    };
  }
}
