package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Functions that make one type of another.
final class TypeConversions {
  private TypeConversions() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put("int", (_, given) -> toInt(given[0]));
    functions.put("uint", (_, given) -> toUint(given[0]));
    functions.put("double", (_, given) -> toDouble(given[0]));
    functions.put("string", (frame, given) -> text(frame, given[0]));
    functions.put("bool", (_, given) -> toBool(given[0]));
    functions.put("bytes", (frame, given) -> toBytes(frame, given[0]));
    functions.put("dyn", (_, given) -> given[0]);
    functions.put("type", (_, given) -> new Value.Type(given[0].type()));
    functions.put("duration", (_, given) -> toDuration(given[0]));
    functions.put("timestamp", (_, given) -> toTimestamp(given[0]));
    functions.put("quantity", (_, given) -> new Value.QuantityValue(quantity(text(given[0]))));
    functions.put("isQuantity", (_, given) -> Value.of(isQuantity(text(given[0]))));
  }

  private static Value toDuration(Value value) {
    return value instanceof Value.Text(String text)
        ? TimeFunctions.duration(text)
        : same(value, "google.protobuf.Duration");
  }

  private static Value toTimestamp(Value value) {
    return switch (value) {
      case Value.Text(String text) -> TimeFunctions.timestamp(text);
      case Value.Int(long seconds) -> TimeFunctions.timestamp(seconds);
      case Value.Bytes _,
          Value.ListValue _,
          Value.MapValue _,
          Value.Uint _,
          Value.DoubleValue _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          same(value, "google.protobuf.Timestamp");
    };
  }

  private static Value text(Activation frame, Value value) {
    if (value instanceof Value.Bytes(byte[] bytes)) {
      frame.allocate(TextFunctions.bytes(bytes.length));
    }
    return switch (value) {
      case Value.Text _ -> value;
      case Value.Bytes(byte[] bytes) -> Value.of(decoded(bytes));
      case Value.DoubleValue(double number) -> Value.of(GoNumbers.shortest(number));
      case Value.QuantityValue _ -> throw CelException.noOverload();
      case Value.ListValue _,
          Value.MapValue _,
          Value.Numeric _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          Value.of(toText(value));
    };
  }

  static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new CelException("invalid UTF-8 in bytes, cannot convert to string");
    }
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

  private static CelException failed(String to) {
    return new CelException("type conversion error from 'string' to '%s'".formatted(to));
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
      case Value.DoubleValue(double number) -> {
        if (!(number > -0x1p63 && number < 0x1p63)) {
          throw new CelException("integer overflow");
        }
        yield Value.of((long) number);
      }
      case Value.Text(String text) -> {
        try {
          yield Value.of(GoNumbers.parseInt(text));
        } catch (NumberFormatException _) {
          throw failed("int");
        }
      }
      case Value.TimestampValue(var instant, _) -> Value.of(instant.getEpochSecond());
      case Value.DurationValue(var duration) -> Value.of(duration.toNanos());
      case Value.Bytes _,
          Value.ListValue _,
          Value.MapValue _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static Value toUint(Value value) {
    return switch (value) {
      case Value.Uint _ -> value;
      case Value.Int(long number) when number >= 0 -> new Value.Uint(number);
      case Value.DoubleValue(double number) when number >= 0 && number < 0x1p64 ->
          new Value.Uint(
              number < 0x1p63 ? (long) number : (long) (number - 0x1p63) + Long.MIN_VALUE);
      case Value.Text(String text) -> {
        try {
          yield new Value.Uint(GoNumbers.parseUint(text));
        } catch (NumberFormatException _) {
          throw failed("uint");
        }
      }
      case Value.Int _, Value.DoubleValue _ -> throw new CelException("unsigned integer overflow");
      case Value.Bytes _,
          Value.ListValue _,
          Value.MapValue _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static Value toDouble(Value value) {
    return switch (value) {
      case Value.DoubleValue _ -> value;
      case Value.Int(long number) -> new Value.DoubleValue((double) number);
      case Value.Uint(long bits) ->
          new Value.DoubleValue(Double.parseDouble(Long.toUnsignedString(bits)));
      case Value.Text(String text) -> {
        try {
          yield new Value.DoubleValue(GoNumbers.parseFloat(text));
        } catch (NumberFormatException _) {
          throw failed("double");
        }
      }
      case Value.Bytes _,
          Value.ListValue _,
          Value.MapValue _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static Value toBool(Value value) {
    return switch (value) {
      case Value.Bool _ -> value;
      case Value.Text(String text) -> readBool(text);
      case Value.Bytes _,
          Value.ListValue _,
          Value.MapValue _,
          Value.NullValue _,
          Value.QuantityValue _,
          Value.Extension _,
          Value.Type _,
          Value.Numeric _,
          Value.Temporal _,
          Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static Value readBool(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "t", "T", "1" -> Constants.TRUE;
      case "false", "False", "FALSE", "f", "F", "0" -> Constants.FALSE;
      default -> throw failed("bool");
    };
  }

  private static Value toBytes(Activation frame, Value value) {
    if (value instanceof Value.Bytes) {
      return value;
    }
    String text = text(value);
    frame.allocate(4L * text.length());
    return new Value.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// How the server that is written in Go calls a type.
  static String goType(Value value) {
    return switch (value) {
      case Value.Bool _ -> "types.Bool";
      case Value.Int _ -> "types.Int";
      case Value.Uint _ -> "types.Uint";
      case Value.DoubleValue _ -> "types.Double";
      case Value.Text _ -> "types.String";
      case Value.Bytes _ -> "types.Bytes";
      case Value.NullValue _ -> "types.Null";
      case Value.DurationValue _ -> "types.Duration";
      case Value.TimestampValue _ -> "types.Timestamp";
      case Value.ListValue _ -> "types.Lister";
      case Value.MapValue _ -> "types.Mapper";
      case Value.QuantityValue _ -> "cel.Quantity";
      case Value.Extension(LibraryValue object) -> object.goTypeName();
      case Value.OptionalValue _ -> "*types.Optional";
      case Value.Type _ -> "*types.Type";
    };
  }

  /// How that server calls the type of a value itself, of which there are several for lists and maps.
  static String goValueType(Value value) {
    return switch (value) {
      case Value.ListValue(KeyedList items) ->
          items.isSet() ? "*common.unstructuredSetList" : "*common.unstructuredMapList";
      case Value.ListValue(ConcatList _) -> "*types.concatList";
      case Value.ListValue(var items) ->
          switch (JsonAdapter.origin(items)) {
            case SCHEMA -> "*common.unstructuredList";
            case TYPED -> "*common.reflectSchemalessTypedList";
            case MADE -> "*types.baseList";
          };
      case Value.MapValue(var entries) ->
          switch (JsonAdapter.origin(entries)) {
            case SCHEMA -> "*common.unstructuredMap";
            case TYPED ->
                JsonAdapter.hasEntries(entries)
                    ? "*common.reflectSchemalessTypedMap"
                    : "*common.reflectSchemalessTypedStruct";
            case MADE -> "*types.baseMap";
          };
      case Value.Text _,
          Value.Bytes _,
          Value.Numeric _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          goType(value);
    };
  }

  static String toText(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Int(long number) -> Long.toString(number);
      case Value.Uint(long bits) -> Long.toUnsignedString(bits);
      case Value.DoubleValue(double number) -> GoNumbers.text(number);
      case Value.Bool(boolean truth) -> Boolean.toString(truth);
      case Value.TimestampValue moment -> TimeFunctions.text(moment);
      case Value.DurationValue(var span) ->
          BigDecimal.valueOf(span.toNanos() / 1e9).stripTrailingZeros().toPlainString() + "s";
      case Value.QuantityValue(var quantity) -> quantity.toString();
      case Value.Extension(LibraryValue object) -> object.text();
      case Value.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case Value.NullValue _,
          Value.ListValue _,
          Value.MapValue _,
          Value.OptionalValue _,
          Value.Type _ ->
          throw CelException.noOverload();
    };
  }
}
