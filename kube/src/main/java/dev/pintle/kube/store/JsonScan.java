package dev.pintle.kube.store;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// A finder of values in JSON bytes that our own writer made (no spaces), without reading the rest.
public final class JsonScan {
  private JsonScan() {}

  /// The position of the value under `name` in the object that starts at `object`, or -1.
  static int field(byte[] json, int object, byte[] name) {
    if (json[object] != '{') {
      return -1;
    }
    int at = object + 1;
    while (json[at] == '"') {
      int end = stringEnd(json, at);
      boolean found =
          end - at - 2 == name.length && Arrays.equals(json, at + 1, end - 1, name, 0, name.length);
      if (found) {
        return end + 1;
      }
      at = valueEnd(json, end + 1);
      if (json[at] == ',') {
        at++;
      }
    }
    return -1;
  }

  /// The position of the value at a path of names, or -1.
  public static int at(byte[] json, byte[]... path) {
    int at = 0;
    for (byte[] name : path) {
      at = field(json, at, name);
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  /// A visitor of the fields of an object.
  interface FieldVisitor {
    /// @param name the position of the name's first character
    /// @param nameEnd that of its closing quote
    /// @param value that of the value
    /// @return whether to go on
    boolean visit(int name, int nameEnd, int value);
  }

  /// Visits the fields of the object that starts at `object`, in order.
  static void fields(byte[] json, int object, FieldVisitor visitor) {
    int at = json[object] == '{' ? object + 1 : json.length;
    while (at < json.length && json[at] == '"') {
      int end = stringEnd(json, at);
      if (!visitor.visit(at + 1, end - 1, end + 1)) {
        return;
      }
      at = valueEnd(json, end + 1);
      if (json[at] == ',') {
        at++;
      }
    }
  }

  /// Visits the positions of the items of the array that starts at `array`.
  static void items(byte[] json, int array, IntConsumer visitor) {
    int at = json[array] == '[' ? array + 1 : json.length;
    while (at < json.length && json[at] != ']') {
      visitor.accept(at);
      at = valueEnd(json, at);
      if (json[at] == ',') {
        at++;
      }
    }
  }

  /// The position after the string that starts at `at` with its quote.
  static int stringEnd(byte[] json, int at) {
    int i = at + 1;
    while (json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  /// The position after the value that starts at `at`.
  public static int valueEnd(byte[] json, int at) {
    return switch (json[at]) {
      case '"' -> stringEnd(json, at);
      case '{', '[' -> nestedEnd(json, at);
      default -> {
        int i = at;
        while (i < json.length && json[i] != ',' && json[i] != '}' && json[i] != ']') {
          i++;
        }
        yield i;
      }
    };
  }

  private static int nestedEnd(byte[] json, int at) {
    int depth = 0;
    int i = at;
    do {
      switch (json[i]) {
        case '"' -> i = stringEnd(json, i) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      i++;
    } while (depth > 0);
    return i;
  }

  /// The text of the string that starts at `at`.
  static String string(byte[] json, int at) {
    int end = stringEnd(json, at);
    for (int i = at + 1; i < end - 1; i++) {
      if (json[i] == '\\') {
        return JsonReader.read(Arrays.copyOfRange(json, at, end)) instanceof Json.Text(var text)
            ? text
            : "";
      }
    }
    return new String(json, at + 1, end - at - 2, StandardCharsets.UTF_8);
  }

  /// The names and texts of the object that starts at `at`; what is no text is left out.
  static Map<String, String> texts(byte[] json, int at) {
    if (at < 0 || json[at] != '{' || json[at + 1] == '}') {
      return Map.of();
    }
    Map<String, String> found = new LinkedHashMap<>();
    int i = at + 1;
    while (json[i] == '"') {
      int end = stringEnd(json, i);
      if (json[end + 1] == '"') {
        found.put(string(json, i), string(json, end + 1));
      }
      i = valueEnd(json, end + 1);
      if (json[i] == ',') {
        i++;
      }
    }
    return found;
  }
}
