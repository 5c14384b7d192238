package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The reader of annotations whose text is JSON.
final class AnnotationJson {
  /// The value of a text, or the fault of one that has none.
  ///
  /// @param value null for JSON's null, and where the text is none of the wanted type
  /// @param complaint what Go says of a text that is none, else empty
  record Reading(@Nullable Json value, String complaint) {}

  private AnnotationJson() {}

  /// @param type what Go reads it as, such as `v1.AvoidPods` or `[]v1.Taint`
  static Reading read(String text, String type) {
    try {
      Json value = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
      boolean list = type.startsWith("[]");
      if (list ? value instanceof JsonArray : value instanceof JsonObject) {
        return new Reading(value, "");
      }
      if (value instanceof Json.Null) {
        return new Reading(null, "");
      }
      return new Reading(
          null, "json: cannot unmarshal %s into Go value of type %s".formatted(kind(value), type));
    } catch (JsonSyntaxException wrong) {
      return new Reading(null, String.valueOf(wrong.getMessage()));
    }
  }

  /// Go's word for what a value is.
  static String kind(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Json.Text _ -> "string";
      case Json.Bool _ -> "bool";
      case Json.Whole _, Json.Decimal _ -> "number";
      case Json.Null _ -> "null";
    };
  }
}
