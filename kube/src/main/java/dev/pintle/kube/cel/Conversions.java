package dev.pintle.kube.cel;

import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import dev.pintle.kube.validation.GoText;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Functions that make one type of another.
final class Conversions {
  private Conversions() {}

  /// Null when the function is none of these.
  static @Nullable Value of(String function, Value value) {
    return switch (function) {
      case "int" -> toInt(value);
      case "uint" -> toUint(value);
      case "double" -> toDouble(value);
      case "string" -> Value.of(toText(value));
      case "bool" -> toBool(value);
      case "bytes" -> toBytes(value);
      case "dyn" -> value;
      case "type" -> new Value.Type(value.type());
      case "duration" ->
          value instanceof Value.Text(String text)
              ? Times.duration(text)
              : same(value, "google.protobuf.Duration");
      case "timestamp" ->
          value instanceof Value.Text(String text)
              ? Times.timestamp(text)
              : same(value, "google.protobuf.Timestamp");
      case "quantity" -> new Value.Amount(quantity(text(value)));
      case "isQuantity" -> Value.of(isQuantity(text(value)));
      default -> null;
    };
  }

  private static Value same(Value value, String type) {
    if (!value.type().equals(type)) {
      throw CelException.noOverload();
    }
    return value;
  }

  private static String text(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw CelException.noOverload();
  }

  private static Quantity quantity(String text) {
    try {
      return Quantity.parse(text);
    } catch (QuantitySyntaxException malformed) {
      throw new CelException(String.valueOf(malformed.getMessage()));
    }
  }

  private static boolean isQuantity(String text) {
    try {
      Quantity.parse(text);
      return true;
    } catch (QuantitySyntaxException _) {
      return false;
    }
  }

  private static Value toInt(Value value) {
    return switch (value) {
      case Value.Int _ -> value;
      case Value.Uint(long bits) -> {
        if (bits < 0) {
          throw new CelException("integer overflow");
        }
        yield Value.of(bits);
      }
      case Value.Real(double number) -> {
        if (!(number > -0x1p63 && number < 0x1p63)) {
          throw new CelException("integer overflow");
        }
        yield Value.of((long) number);
      }
      case Value.Text(String text) -> {
        try {
          yield Value.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
          throw new CelException(
              "strconv.ParseInt: parsing %s: invalid syntax".formatted(GoText.quote(text)));
        }
      }
      case Value.Moment(var instant) -> Value.of(instant.getEpochSecond());
      case Value.Span(var duration) -> Value.of(duration.toNanos());
      default -> throw CelException.noOverload();
    };
  }

  private static Value toUint(Value value) {
    if (value instanceof Value.Uint) {
      return value;
    }
    if (toInt(value) instanceof Value.Int(long number) && number >= 0) {
      return new Value.Uint(number);
    }
    throw new CelException("unsigned integer overflow");
  }

  private static Value toDouble(Value value) {
    return switch (value) {
      case Value.Real _ -> value;
      case Value.Int(long number) -> new Value.Real((double) number);
      case Value.Uint(long bits) -> new Value.Real(Double.parseDouble(Long.toUnsignedString(bits)));
      case Value.Text(String text) -> {
        try {
          yield new Value.Real(Double.parseDouble(text));
        } catch (NumberFormatException _) {
          throw new CelException(
              "strconv.ParseFloat: parsing %s: invalid syntax".formatted(GoText.quote(text)));
        }
      }
      default -> throw CelException.noOverload();
    };
  }

  private static Value toBool(Value value) {
    return switch (value) {
      case Value.Bool _ -> value;
      case Value.Text(String text) -> readBool(text);
      default -> throw CelException.noOverload();
    };
  }

  private static Value readBool(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "t", "1" -> Constants.TRUE;
      case "false", "False", "FALSE", "f", "0" -> Constants.FALSE;
      default ->
          throw new CelException(
              "strconv.ParseBool: parsing %s: invalid syntax".formatted(GoText.quote(text)));
    };
  }

  private static Value toBytes(Value value) {
    return value instanceof Value.Bytes
        ? value
        : FromJson.bytes(text(value).getBytes(StandardCharsets.UTF_8));
  }

  static String toText(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Int(long number) -> Long.toString(number);
      case Value.Uint(long bits) -> Long.toUnsignedString(bits);
      case Value.Real(double number) -> GoText.number(number);
      case Value.Bool(boolean truth) -> Boolean.toString(truth);
      case Value.Moment(var instant) -> DateTimeFormatter.ISO_INSTANT.format(instant);
      case Value.Span(var span) -> GoText.number(span.toNanos() / 1e9) + "s";
      case Value.Amount(var quantity) -> quantity.toString();
      case Value.Bytes(var bytes) -> {
        byte[] raw = new byte[bytes.size()];
        for (int i = 0; i < raw.length; i++) {
          raw[i] = bytes.get(i);
        }
        yield new String(raw, StandardCharsets.UTF_8);
      }
      case Value.Nothing _, Value.Items _, Value.Fields _, Value.Maybe _, Value.Type _ ->
          throw CelException.noOverload();
    };
  }
}
