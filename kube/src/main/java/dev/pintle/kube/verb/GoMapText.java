package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// A document as Go prints maps and slices: `map[spec:map[nope:1]]`.
final class GoMapText {
  private GoMapText() {}

  static String of(Json value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, String> fields = new TreeMap<>();
        object.forEach(field -> fields.put(field.name(), of(field.value())));
        yield fields.entrySet().stream()
            .map(field -> field.getKey() + ":" + field.getValue())
            .collect(Collectors.joining(" ", "map[", "]"));
      }
      case JsonArray array ->
          StreamSupport.stream(array.spliterator(), false)
              .map(GoMapText::of)
              .collect(Collectors.joining(" ", "[", "]"));
      case Json.Text(var text) -> text;
      case Json.Null _ -> "<nil>";
      case Json.Whole _, Json.Decimal _, Json.Bool _ -> JsonWriter.text(value);
    };
  }
}
