package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

/// The reader of single values as Go reads them: checked, and in Go's own form.
final class ScalarDecoder {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

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
      case INT32 ->
          require(value instanceof Json.Whole(var number) && number == (int) number, value, wrong);
      case INT64 -> require(value instanceof Json.Whole, value, wrong);
      case DOUBLE ->
          require(value instanceof Json.Whole || value instanceof Json.Decimal, value, wrong);
      case BOOLEAN -> require(value instanceof Json.Bool, value, wrong);
      case BYTES -> bytes(value, wrong);
      case TIME -> time(value, false, wrong);
      case MICRO_TIME -> time(value, true, wrong);
      case INT_OR_STRING ->
          require(value instanceof Json.Whole || value instanceof Json.Text, value, wrong);
      case QUANTITY -> Quantities.accept(value);
      case OBJECT, MAP, LIST, ANY -> value;
    };
  }

  private static Json require(boolean fits, Json value, Supplier<Undecodable> wrong) {
    if (!fits) {
      throw wrong.get();
    }
    return value;
  }

  private static Json bytes(Json value, Supplier<Undecodable> wrong) {
    if (!(value instanceof Json.Text(var text))) {
      throw wrong.get();
    }
    String compact =
        text.indexOf('\n') < 0 && text.indexOf('\r') < 0
            ? text
            : text.replace("\n", "").replace("\r", "");
    try {
      byte[] decoded = Base64.getDecoder().decode(compact);
      if (compact.length() % 4 == 0) {
        return compact.equals(text) && isCanonical(text, decoded)
            ? value
            : Json.of(Base64.getEncoder().encodeToString(decoded));
      }
    } catch (IllegalArgumentException _) {
      // Told below, in Go's words.
    }
    throw new Undecodable("illegal base64 data at input byte " + badByte(compact));
  }

  /// Whether the bits behind the last byte are none, as the server itself writes them.
  private static boolean isCanonical(String text, byte[] decoded) {
    int rest = decoded.length % 3;
    if (rest == 0) {
      return true;
    }
    byte[] last = Arrays.copyOfRange(decoded, decoded.length - rest, decoded.length);
    return text.endsWith(Base64.getEncoder().encodeToString(last));
  }

  private static int badByte(String text) {
    int i = 0;
    while (i < text.length()
        && (Character.isLetterOrDigit(text.charAt(i)) || "+/".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i < text.length() ? i : text.length() / 4 * 4;
  }

  private static Json time(Json value, boolean micros, Supplier<Undecodable> wrong) {
    if (!(value instanceof Json.Text(var text))) {
      throw wrong.get();
    }
    if (!micros && WrittenTime.isCanonical(text)) {
      return value;
    }
    OffsetDateTime time = GoTime.parse(text, micros);
    return Json.of(
        micros
            ? MICROS.format(time)
            : DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS)));
  }
}
