package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.ValueKind;

/// Which JSON values a kind of schema accepts, and what messages call both.
final class ValueTypes {
  private ValueTypes() {}

  static boolean accepts(ValueKind kind, Json value) {
    return switch (kind) {
      case ANY -> true;
      case OBJECT, MAP -> value instanceof JsonObject;
      case LIST -> value instanceof JsonArray;
      case TEXT, BYTES, TIME, MICRO_TIME -> value instanceof Json.Text;
      case BOOLEAN -> value instanceof Json.Bool;
      case DOUBLE -> value instanceof Json.Whole || value instanceof Json.Decimal;
      case INT32, INT64 -> isWhole(value);
      case INT_OR_STRING, QUANTITY -> value instanceof Json.Text || isWhole(value);
    };
  }

  private static boolean isWhole(Json value) {
    return value instanceof Json.Whole
        || (value instanceof Json.Decimal(double number) && number == Math.rint(number));
  }

  static String wordOf(ValueKind kind) {
    return switch (kind) {
      case ANY, OBJECT, MAP -> "object";
      case LIST -> "array";
      case TEXT, BYTES, TIME, MICRO_TIME -> "string";
      case BOOLEAN -> "boolean";
      case DOUBLE -> "number";
      case INT32, INT64 -> "integer";
      case INT_OR_STRING, QUANTITY -> "integer,string";
    };
  }

  static String wordOf(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Json.Text _ -> "string";
      case Json.Whole _ -> "integer";
      case Json.Decimal _ -> "number";
      case Json.Bool _ -> "boolean";
      case Json.Null _ -> "null";
    };
  }

  /// A value as a list of allowed values shows it.
  static String text(Json value) {
    return value instanceof Json.Text(String text) ? text : JsonWriter.text(value);
  }
}
