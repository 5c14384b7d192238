package dev.pintle.kube.encode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;

/// The writer of JSON for people: two spaces a level, as Go indents.
final class Pretty {
  private final JsonWriter out = new JsonWriter(2_048);

  private Pretty() {}

  static byte[] bytes(Json value) {
    Pretty pretty = new Pretty();
    pretty.value(value, 0);
    return pretty.out.toBytes();
  }

  private void value(Json value, int depth) {
    switch (value) {
      case JsonObject object when !object.isEmpty() -> object(object, depth);
      case JsonArray array when !array.isEmpty() -> array(array, depth);
      case JsonObject _,
          JsonArray _,
          Json.Text _,
          Json.Whole _,
          Json.Decimal _,
          Json.Bool _,
          Json.Null _ ->
          out.value(value);
    }
  }

  private void object(JsonObject object, int depth) {
    out.raw('{');
    for (int i = 0; i < object.size(); i++) {
      newLine(i == 0 ? "\n" : ",\n", depth + 1);
      out.string(object.nameAt(i)).raw(": ");
      value(object.valueAt(i), depth + 1);
    }
    newLine("\n", depth);
    out.raw('}');
  }

  private void array(JsonArray array, int depth) {
    out.raw('[');
    for (int i = 0; i < array.size(); i++) {
      newLine(i == 0 ? "\n" : ",\n", depth + 1);
      value(array.at(i), depth + 1);
    }
    newLine("\n", depth);
    out.raw(']');
  }

  private void newLine(String text, int depth) {
    out.raw(text).raw("  ".repeat(depth));
  }
}
