package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.List;

/// Values as Go names and prints the trees it decodes JSON into.
public final class GoValues {
  private GoValues() {}

  /// What Go's decoder calls a value in its messages.
  public static String kind(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Json.Text _ -> "string";
      case Json.Whole _, Json.Decimal _ -> "number";
      case Json.Bool _ -> "bool";
      case Json.Null _ -> "null";
    };
  }

  /// By `%T`.
  public static String type(Json value) {
    return switch (value) {
      case JsonObject _ -> "map[string]interface {}";
      case JsonArray _ -> "[]interface {}";
      case Json.Text _ -> "string";
      case Json.Whole _ -> "int64";
      case Json.Decimal _ -> "float64";
      case Json.Bool _ -> "bool";
      case Json.Null _ -> "<nil>";
    };
  }

  /// By `%v`.
  public static String text(Json value) {
    return switch (value) {
      case JsonObject map -> "map[" + String.join(" ", fields(map, false)) + "]";
      case JsonArray list -> "[" + String.join(" ", items(list, false)) + "]";
      case Json.Text(var text) -> text;
      case Json.Null _ -> "<nil>";
      case Json.Decimal(var number, _) -> GoNumbers.shortest(number);
      case Json.Whole _, Json.Bool _ -> JsonWriter.text(value);
    };
  }

  /// By `%s`.
  public static String words(Json value) {
    return switch (value) {
      case JsonObject map -> {
        List<String> texts = new ArrayList<>();
        for (JsonObject.Field field : sorted(map)) {
          texts.add(field.name() + ":" + inner(field.value()));
        }
        yield "map[" + String.join(" ", texts) + "]";
      }
      case JsonArray list -> {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(inner(item)));
        yield "[" + String.join(" ", texts) + "]";
      }
      case Json.Text(var text) -> text;
      case Json.Null _ -> "%!s(<nil>)";
      case Json.Whole _, Json.Decimal _, Json.Bool _ ->
          "%!s(" + type(value) + "=" + text(value) + ")";
    };
  }

  /// Of nothing inside of something `%s` makes no fuss.
  private static String inner(Json value) {
    return value instanceof Json.Null ? text(value) : words(value);
  }

  /// By `%#v`.
  public static String syntax(Json value) {
    return switch (value) {
      case JsonObject map -> type(map) + "{" + String.join(", ", fields(map, true)) + "}";
      case JsonArray list -> type(list) + "{" + String.join(", ", items(list, true)) + "}";
      case Json.Text(var text) -> GoText.quote(text);
      case Json.Null _ -> "interface {}(nil)";
      case Json.Whole _, Json.Decimal _, Json.Bool _ -> text(value);
    };
  }

  private static List<String> fields(JsonObject map, boolean syntax) {
    List<String> texts = new ArrayList<>();
    for (JsonObject.Field field : sorted(map)) {
      texts.add(
          syntax
              ? GoText.quote(field.name()) + ":" + syntax(field.value())
              : field.name() + ":" + text(field.value()));
    }
    return texts;
  }

  private static List<JsonObject.Field> sorted(JsonObject map) {
    List<JsonObject.Field> fields = new ArrayList<>();
    map.forEach(fields::add);
    fields.sort((one, other) -> Utf8Order.compare(one.name(), other.name()));
    return fields;
  }

  private static List<String> items(JsonArray list, boolean syntax) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(syntax ? syntax(item) : text(item)));
    return texts;
  }
}
