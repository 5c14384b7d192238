package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reader of single values as Go reads them: checked, and in Go's own form.
final class ScalarDecoder {
  private ScalarDecoder() {}

  static boolean isWhole(SchemaNode node) {
    return node.kind() == ValueKind.INT32 || node.kind() == ValueKind.INT64;
  }

  /// @param wrong what to throw when the value is of another type
  static Json accept(SchemaNode node, Json value, Supplier<Undecodable> wrong) {
    if (value instanceof Json.Null) {
      return value;
    }
    return switch (node.kind()) {
      case TEXT -> require(value instanceof Json.Text, value, wrong);
      case INT32 -> require(isInt32(value), value, wrong);
      case INT64 -> require(value instanceof Json.Whole, value, wrong);
      case DOUBLE ->
          require(
              value instanceof Json.Whole
                  || (value instanceof Json.Decimal(var number, _) && Double.isFinite(number)),
              value,
              wrong);
      case BOOLEAN -> require(value instanceof Json.Bool, value, wrong);
      case BYTES -> bytes(value, wrong);
      case TIME -> time(value, false, wrong);
      case MICRO_TIME -> time(value, true, wrong);
      case INT_OR_STRING -> require(isInt32(value) || value instanceof Json.Text, value, wrong);
      case QUANTITY -> Quantities.accept(value);
      case OBJECT, MAP, LIST, ANY -> value;
    };
  }

  private static boolean isInt32(Json value) {
    return value instanceof Json.Whole(var number) && number == (int) number;
  }

  private static Json require(boolean fits, Json value, Supplier<Undecodable> wrong) {
    if (!fits) {
      throw wrong.get();
    }
    return value;
  }

  private static Json bytes(Json value, Supplier<Undecodable> wrong) {
    if (value instanceof JsonArray list && octets(list) instanceof byte[] octets) {
      return Json.of(Base64.getEncoder().encodeToString(octets));
    }
    if (!(value instanceof Json.Text(var text))) {
      throw wrong.get();
    }
    int bad = GoBase64.badByte(text);
    if (bad >= 0) {
      throw Undecodable.later("illegal base64 data at input byte " + bad);
    }
    String canonical = GoBase64.canonical(text);
    return canonical.equals(text) ? value : Json.of(canonical);
  }

  /// Bytes that are given one by one, null when not all of them are; a null is zero.
  private static byte @Nullable [] octets(JsonArray list) {
    byte[] octets = new byte[list.size()];
    for (int i = 0; i < octets.length; i++) {
      if (!isOctet(list.at(i))) {
        return null;
      }
      octets[i] = list.at(i) instanceof Json.Whole(var octet) ? (byte) octet : 0;
    }
    return octets;
  }

  private static boolean isOctet(Json item) {
    return item instanceof Json.Null
        || (item instanceof Json.Whole(var octet) && octet >= 0 && octet <= 0xff);
  }

  /// The first item of a list that is no byte.
  static Json notAnOctet(JsonArray list) {
    for (Json item : list) {
      if (!isOctet(item)) {
        return item;
      }
    }
    throw new IllegalArgumentException("bytes throughout (expected: an item that is none)");
  }

  private static Json time(Json value, boolean micros, Supplier<Undecodable> wrong) {
    if (!(value instanceof Json.Text(var text))) {
      throw wrong.get();
    }
    if (micros ? WrittenTime.isCanonicalMicros(text) : WrittenTime.isCanonical(text)) {
      return value;
    }
    return Json.of(micros ? GoTime.micros(text) : GoTime.seconds(text));
  }
}
