package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;

/// Go's names of JSON values in the messages of its decoder.
final class GoWords {
  private GoWords() {}

  static String of(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Json.Text _ -> "string";
      case Json.Whole _, Json.Decimal _ -> "number";
      case Json.Bool _ -> "bool";
      case Json.Null _ -> "null";
    };
  }
}
