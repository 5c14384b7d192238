package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cells that any kind may have.
final class PlainCells {
  private PlainCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.ofEntries(
        Map.entry("age", PlainCells::age),
        Map.entry("number", PlainCells::number),
        Map.entry("boolean", PlainCells::bool),
        Map.entry("true-or-false", PlainCells::trueOrFalse),
        Map.entry("or", PlainCells::or),
        Map.entry("count", PlainCells::count),
        Map.entry("join", PlainCells::join),
        Map.entry("ratio", PlainCells::ratio),
        Map.entry("labels", arguments -> text(object -> Selectors.labels(map(object, arguments)))),
        Map.entry(
            "selector", arguments -> text(object -> Selectors.selector(map(object, arguments)))),
        Map.entry("containers", arguments -> containers(arguments, "name")),
        Map.entry("images", arguments -> containers(arguments, "image")));
  }

  static Cell text(Function<JsonObject, String> function) {
    return (object, _) -> Json.of(function.apply(object));
  }

  /// A path; what is not there is an empty text.
  static Cell path(String path) {
    String[] names = names(path);
    return (object, _) -> Json.of(NestedFields.text(object, names));
  }

  static String[] names(String path) {
    return path.substring(1).split("\\.");
  }

  private static @Nullable JsonObject map(JsonObject object, List<String> arguments) {
    return NestedFields.object(object, names(arguments.getFirst()));
  }

  static Cell age(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return (object, now) -> Json.of(HumanDuration.since(NestedFields.time(object, names), now));
  }

  private static Cell number(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return (object, _) -> Json.of(NestedFields.whole(object, names));
  }

  private static Cell bool(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return (object, _) -> Json.of(NestedFields.isTrue(object, names));
  }

  /// A word, in a column that is called one of truth values.
  private static Cell trueOrFalse(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return text(object -> {
      if (!NestedFields.isThere(object, names)) {
        return "<unset>";
      }
      return NestedFields.isTrue(object, names) ? "True" : "False";
    });
  }

  private static Cell or(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return text(object -> NestedFields.textOr(arguments.get(1), object, names));
  }

  private static Cell count(List<String> arguments) {
    List<String[]> paths = arguments.stream().map(PlainCells::names).toList();
    return (object, _) ->
        Json.of(
            paths.stream()
                .mapToLong(path -> NestedFields.size(NestedFields.at(object, path)))
                .sum());
  }

  private static Cell join(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return text(object -> String.join(",", NestedFields.texts(object, names)));
  }

  private static Cell ratio(List<String> arguments) {
    String[] part = names(arguments.get(0));
    String[] whole = names(arguments.get(1));
    return text(
        object -> NestedFields.whole(object, part) + "/" + NestedFields.whole(object, whole));
  }

  private static Cell containers(List<String> arguments, String field) {
    String[] template = names(arguments.getFirst());
    return text(object ->
        String.join(
            ",",
            NestedFields.objects(NestedFields.at(object, template), "spec", "containers").stream()
                .map(container -> NestedFields.text(container, field))
                .toList()));
  }
}
