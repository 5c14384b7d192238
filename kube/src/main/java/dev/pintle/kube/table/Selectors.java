package dev.pintle.kube.table;

import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Label maps and selectors as people read them.
final class Selectors {
  private Selectors() {}

  /// `a=b,c=d`, ordered by key.
  static String labels(@Nullable JsonObject map) {
    if (map == null || map.isEmpty()) {
      return NestedFields.NONE;
    }
    return String.join(",", pairs(map));
  }

  private static List<String> pairs(JsonObject map) {
    Map<String, String> sorted = new TreeMap<>();
    map.forEach(field -> sorted.put(field.name(), NestedFields.scalar(field.value())));
    List<String> pairs = new ArrayList<>();
    sorted.forEach((key, value) -> pairs.add(key + "=" + value));
    return pairs;
  }

  static String selector(@Nullable JsonObject selector) {
    String text = selector == null ? "" : String.join(",", terms(selector));
    return text.isEmpty() ? NestedFields.NONE : text;
  }

  /// By key alone; of one key labels come first, then expressions as they are written.
  private static List<String> terms(JsonObject selector) {
    List<Term> terms = new ArrayList<>();
    JsonObject labels = NestedFields.object(selector, "matchLabels");
    if (labels != null) {
      labels.forEach(field ->
          terms.add(
              new Term(field.name(), field.name() + "=" + NestedFields.scalar(field.value()))));
    }
    for (JsonObject expression : NestedFields.objects(selector, "matchExpressions")) {
      String key = NestedFields.text(expression, "key");
      terms.add(new Term(key, term(key, expression)));
    }
    terms.sort(Comparator.comparing(Term::key));
    return terms.stream().map(Term::text).toList();
  }

  private record Term(String key, String text) {}

  private static String term(String key, JsonObject expression) {
    String values =
        String.join(",", NestedFields.texts(expression, "values").stream().sorted().toList());
    return switch (NestedFields.text(expression, "operator")) {
      case "In" -> "%s in (%s)".formatted(key, values);
      case "NotIn" -> "%s notin (%s)".formatted(key, values);
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }
}
