package dev.pintle.kube.decode;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;

/// The conversion of maps into structures, as upstream does it where there is no text to read.
final class GoConversion {
  private GoConversion() {}

  /// A number as a field of whole numbers takes it: what has no fraction becomes whole, and what does not fit loses its upper bits.
  static Json number(SchemaNode node, Json value) {
    if (!ScalarDecoder.isWhole(node)) {
      // What reads itself is given the number as Go writes it.
      return value instanceof Json.Decimal(var number, _)
          ? JsonReader.read(JsonWriter.text(new Json.Decimal(number)))
          : value;
    }
    return switch (value) {
      case Json.Whole(var whole) -> fitted(node, whole);
      case Json.Decimal(var decimal, _) when decimal == Math.rint(decimal) ->
          fitted(node, whole(decimal));
      case JsonObject _, JsonArray _, Json.Text _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          value;
    };
  }

  /// As processors of Go's make of a double that no whole number of 64 bits equals: the least one.
  private static long whole(double decimal) {
    return Math.abs(decimal) < 0x1p63 ? (long) decimal : Long.MIN_VALUE;
  }

  private static Json fitted(SchemaNode node, long number) {
    return Json.of(node.kind() == ValueKind.INT32 ? (int) number : number);
  }

  /// Bytes that are given one by one: numbers lose their upper bits, and null is zero.
  static JsonArray octets(JsonArray list) {
    JsonArray octets = new JsonArray();
    for (Json item : list) {
      octets.add(
          switch (item) {
            case Json.Null _ -> Json.of(0);
            case Json.Whole(var number) -> Json.of(number & 0xff);
            case Json.Decimal(var number, _) when number == Math.rint(number) ->
                Json.of(whole(number) & 0xff);
            case Json.Decimal _ -> throw new Undecodable("cannot convert float64 to uint8");
            case JsonObject _, JsonArray _, Json.Text _, Json.Bool _ ->
                throw new Undecodable("unrecognized type: uint8");
          });
    }
    return octets;
  }

  static void requireBase64(String text) {
    int bad = GoBase64.badByte(text);
    if (bad >= 0) {
      throw new Undecodable("error decoding from json: illegal base64 data at input byte " + bad);
    }
  }

  /// @param type of the field, in Go
  static String wrong(SchemaNode node, Json value, String type) {
    return switch (node.kind()) {
      case OBJECT, ANY -> "cannot restore struct from: " + kind(value);
      case MAP -> "cannot restore map from " + kind(value);
      case LIST, BYTES -> "cannot restore slice from " + kind(value);
      case TEXT ->
          value instanceof Json.Whole
              ? "cannot convert int64 to " + type
              : "unrecognized type: string";
      case INT32, INT64 ->
          value instanceof Json.Decimal
              ? "cannot convert float64 to " + type
              : "unrecognized type: " + GoTypes.of(node);
      case DOUBLE, BOOLEAN -> "unrecognized type: " + GoTypes.of(node);
      // These read themselves from text, and know nothing of the field.
      case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING ->
          "json: cannot unmarshal %s into Go value of type %s"
              .formatted(
                  node.kind() == ValueKind.INT_OR_STRING
                          && (value instanceof Json.Decimal || value instanceof Json.Whole)
                      ? "number " + JsonWriter.text(value)
                      : GoValues.kind(value),
                  GoTypes.of(node));
    };
  }

  private static String kind(Json value) {
    return switch (value) {
      case JsonObject _ -> "map";
      case JsonArray _ -> "slice";
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          GoValues.type(value);
    };
  }
}
