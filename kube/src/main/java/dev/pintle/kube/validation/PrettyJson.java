package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;

/// The writer of JSON on many lines, one space deeper with every level.
final class PrettyJson {
  private PrettyJson() {}

  static String text(Json value) {
    StringBuilder text = new StringBuilder();
    write(text, value, 0);
    return text.toString();
  }

  private static void write(StringBuilder text, Json value, int depth) {
    switch (value) {
      case JsonObject object when !object.isEmpty() -> {
        text.append('{');
        for (int i = 0; i < object.size(); i++) {
          newLine(text.append(i == 0 ? "" : ","), depth + 1);
          text.append(JsonWriter.text(Json.of(object.nameAt(i)))).append(": ");
          write(text, object.valueAt(i), depth + 1);
        }
        newLine(text, depth);
        text.append('}');
      }
      case JsonArray list when !list.isEmpty() -> {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
          newLine(text.append(i == 0 ? "" : ","), depth + 1);
          write(text, list.at(i), depth + 1);
        }
        newLine(text, depth);
        text.append(']');
      }
      case JsonObject _,
          JsonArray _,
          Json.Text _,
          Json.Whole _,
          Json.Decimal _,
          Json.Bool _,
          Json.Null _ ->
          text.append(JsonWriter.text(value));
    }
  }

  private static void newLine(StringBuilder text, int depth) {
    text.append('\n').append(" ".repeat(depth));
  }
}
