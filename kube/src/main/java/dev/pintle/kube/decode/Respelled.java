package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.SchemaNode;

/// The values of which upstream holds more, after it read them, than it stores: amounts with the text that they were read of, and
/// times with a fraction.
final class Respelled {
  private Respelled() {}

  /// @param kept what was made of `given`
  static boolean is(SchemaNode node, Json given, Json kept) {
    return switch (node.kind()) {
      case QUANTITY -> !given.equals(kept) && isHeldOtherwise(given);
      case TIME, MICRO_TIME ->
          !given.equals(kept) && given instanceof Json.Text(var text) && hasFraction(text, kept);
      case OBJECT, MAP, LIST, TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES, INT_OR_STRING, ANY ->
          false;
    };
  }

  private static boolean isHeldOtherwise(Json given) {
    return switch (given) {
      case Json.Text(var text) -> Quantity.isHeldOtherwise(text.strip());
      case Json.Whole _, Json.Decimal _ ->
          Quantity.isHeldOtherwise(JsonWriter.textAsWritten(given));
      // Nothing is held, and stored as the text of none.
      case Json.Null _ -> true;
      case JsonObject _, JsonArray _, Json.Bool _ -> false;
    };
  }

  /// Whether digits of a second were given that are not kept.
  private static boolean hasFraction(String given, Json kept) {
    return kept instanceof Json.Text(var text) && !digits(text).startsWith(digits(given));
  }

  /// The digits after the point, without zeros at the end.
  private static String digits(String time) {
    int point = Math.max(time.indexOf('.'), time.indexOf(','));
    if (point < 0) {
      return "";
    }
    int end = point + 1;
    int last = point + 1;
    while (end < time.length() && Character.isDigit(time.charAt(end))) {
      end++;
      last = time.charAt(end - 1) == '0' ? last : end;
    }
    return time.substring(point + 1, last);
  }
}
