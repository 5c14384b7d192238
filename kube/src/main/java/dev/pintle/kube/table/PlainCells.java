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
    return (object, _) -> Json.of(Values.text(object, names));
  }

  static String[] names(String path) {
    return path.substring(1).split("\\.");
  }

  private static @Nullable JsonObject map(JsonObject object, List<String> arguments) {
    return Values.object(object, names(arguments.getFirst()));
  }

  private static Cell age(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return (object, now) -> Json.of(HumanDuration.since(Values.time(object, names), now));
  }

  private static Cell number(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return (object, _) -> Json.of(Values.whole(object, names));
  }

  private static Cell bool(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return (object, _) -> Json.of(Values.isTrue(object, names));
  }

  private static Cell or(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return text(object -> Values.textOr(arguments.get(1), object, names));
  }

  private static Cell count(List<String> arguments) {
    List<String[]> paths = arguments.stream().map(PlainCells::names).toList();
    return (object, _) ->
        Json.of(paths.stream().mapToLong(path -> Values.size(Values.at(object, path))).sum());
  }

  private static Cell join(List<String> arguments) {
    String[] names = names(arguments.getFirst());
    return text(object -> String.join(",", Values.texts(object, names)));
  }

  private static Cell ratio(List<String> arguments) {
    String[] part = names(arguments.get(0));
    String[] whole = names(arguments.get(1));
    return text(object -> Values.whole(object, part) + "/" + Values.whole(object, whole));
  }

  private static Cell containers(List<String> arguments, String field) {
    String[] template = names(arguments.getFirst());
    return text(object ->
        String.join(
            ",",
            Values.objects(Values.at(object, template), "spec", "containers").stream()
                .map(container -> Values.text(container, field))
                .toList()));
  }
}
