package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The printing of values of YAML as Go's `%#v` has it.
final class YamlGoValues {
  private YamlGoValues() {}

  static String of(Json value) {
    StringBuilder text = new StringBuilder();
    if (value instanceof Json.Null) {
      return "<nil>";
    }
    write(value, text);
    return text.toString();
  }

  private static void write(Json value, StringBuilder into) {
    switch (value) {
      case Json.Text(String text) -> into.append(GoText.quote(text));
      case Json.Null _ -> into.append("interface {}(nil)");
      case Json.Bool _, Json.Whole _, Json.Decimal _ -> into.append(JsonWriter.text(value));
      case JsonArray list -> {
        into.append("[]interface {}{");
        for (int i = 0; i < list.size(); i++) {
          into.append(i == 0 ? "" : ", ");
          write(list.at(i), into);
        }
        into.append('}');
      }
      case JsonObject object -> {
        List<JsonObject.Field> fields = new ArrayList<>();
        object.forEach(fields::add);
        fields.sort(Comparator.comparing(JsonObject.Field::name));
        into.append("map[interface {}]interface {}{");
        for (int i = 0; i < fields.size(); i++) {
          into.append(i == 0 ? "" : ", ").append(GoText.quote(fields.get(i).name())).append(':');
          write(fields.get(i).value(), into);
        }
        into.append('}');
      }
    }
  }
}
