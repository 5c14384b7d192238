package dev.pintle.kube.cel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages of protobuf that every expression can make: most become values of the language at once.
final class WellKnownMessages {
  private static final String PREFIX = "google.protobuf.";

  /// The type of what may be any message, which is known when it is there.
  static final CelType ANYTHING = new CelType(CelType.Kind.DYN, "any", List.of());

  private static final CelType EMPTY = CelType.struct(PREFIX + "Empty");
  private static final CelType FIELDS = CelType.map(CelType.STRING, CelType.DYN);
  private static final CelType VALUES = CelType.list(CelType.DYN);
  private static final Map<String, CelType> PARTS_OF_TIME =
      Map.of("seconds", CelType.INT, "nanos", CelType.INT);
  // Larger whole numbers than a broken one can tell are written as texts.
  private static final long WHOLE_MAX = 1L << 53;

  /// A message with the type that expressions take it for.
  ///
  /// @param named whether a value has this type, so that it can be spoken of
  private record Message(CelType type, Map<String, CelType> fields, boolean named) {}

  private static final Map<String, Message> MESSAGES = messages();

  /// The value of a message that has no fields.
  private record EmptyMessage() implements LibraryValue {
    @Override
    public String typeName() {
      return EMPTY.name();
    }

    @Override
    public String goTypeName() {
      return "*types.protoObj";
    }
  }

  private WellKnownMessages() {}

  private static Map<String, Message> messages() {
    Map<String, Message> all = new LinkedHashMap<>();
    wrapper(all, "BoolValue", CelType.BOOL);
    wrapper(all, "BytesValue", CelType.BYTES);
    wrapper(all, "DoubleValue", CelType.DOUBLE);
    wrapper(all, "FloatValue", CelType.DOUBLE);
    wrapper(all, "Int32Value", CelType.INT);
    wrapper(all, "Int64Value", CelType.INT);
    wrapper(all, "UInt32Value", CelType.UINT);
    wrapper(all, "UInt64Value", CelType.UINT);
    wrapper(all, "StringValue", CelType.STRING);
    all.put("Duration", new Message(CelType.DURATION, PARTS_OF_TIME, true));
    all.put("Timestamp", new Message(CelType.TIMESTAMP, PARTS_OF_TIME, true));
    all.put("Struct", new Message(FIELDS, Map.of("fields", FIELDS), false));
    all.put("ListValue", new Message(VALUES, Map.of("values", VALUES), false));
    all.put(
        "Value",
        new Message(
            CelType.DYN,
            Map.of(
                "null_value", CelType.INT,
                "number_value", CelType.DOUBLE,
                "string_value", CelType.STRING,
                "bool_value", CelType.BOOL,
                "struct_value", FIELDS,
                "list_value", VALUES),
            false));
    all.put(
        "Any",
        new Message(ANYTHING, Map.of("type_url", CelType.STRING, "value", CelType.BYTES), false));
    all.put("Empty", new Message(EMPTY, Map.of(), true));
    Map<String, Message> named = new LinkedHashMap<>();
    all.forEach((name, message) -> named.put(PREFIX + name, message));
    named.put("timestamp", new Message(CelType.TIMESTAMP, PARTS_OF_TIME, false));
    named.put("duration", new Message(CelType.DURATION, PARTS_OF_TIME, false));
    return named;
  }

  private static void wrapper(Map<String, Message> all, String name, CelType wrapped) {
    all.put(name, new Message(CelType.wrapper(wrapped), Map.of("value", wrapped), false));
  }

  /// The type that a name stands for, null when it is no message.
  static @Nullable CelType type(String name) {
    Message message = MESSAGES.get(name);
    return message == null ? null : message.type();
  }

  /// Whether a name of a type can stand alone.
  static boolean isNamed(String name) {
    Message message = MESSAGES.get(name);
    return message != null && message.named();
  }

  /// Whether values of a type are made as messages are.
  static boolean isMessage(CelType type) {
    return switch (type.kind()) {
      case DURATION, TIMESTAMP, DYN, NULL, STRUCT, LIST -> true;
      case MAP -> type.equals(FIELDS);
      case BOOL, INT, UINT, DOUBLE, STRING, BYTES -> type.isWrapper();
      case ERROR, OPAQUE, TYPE, PARAMETER -> false;
    };
  }

  /// The type of a field, null when there is no such message or field.
  static @Nullable CelType field(String message, String field) {
    Message known = MESSAGES.get(message);
    return known == null ? null : known.fields().get(field);
  }

  /// @param fields those that are given
  /// @throws CelException of a value that a field cannot hold
  static Value make(String name, Map<String, Value> fields) {
    if (!name.startsWith(PREFIX) || !MESSAGES.containsKey(name)) {
      throw new CelException("unknown type '%s'".formatted(name));
    }
    MessageFields given = new MessageFields(name, fields);
    return switch (name.substring(PREFIX.length())) {
      case "BoolValue" -> given.truth("value");
      case "BytesValue" -> given.bytes("value");
      case "DoubleValue" -> given.real("value");
      case "FloatValue" -> given.single("value");
      case "Int32Value" -> Value.of(given.narrow("value"));
      case "Int64Value" -> Value.of(given.whole("value"));
      case "UInt32Value" -> given.unsigned("value", true);
      case "UInt64Value" -> given.unsigned("value", false);
      case "StringValue" -> given.text("value");
      case "Duration" -> duration(given.whole("seconds"), given.narrow("nanos"));
      case "Timestamp" -> moment(given.whole("seconds"), given.narrow("nanos"));
      case "Struct" -> json(fields.getOrDefault("fields", new Value.MapValue(Map.of())));
      case "ListValue" -> json(fields.getOrDefault("values", new Value.ListValue(List.of())));
      case "Value" -> value(given, fields);
      case "Empty" -> new Value.Extension(new EmptyMessage());
      default -> throw given.noValue();
    };
  }

  private static Value duration(long seconds, long nanos) {
    try {
      return new Value.DurationValue(
          Duration.ofNanos(Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos)));
    } catch (ArithmeticException _) {
      return new Value.DurationValue(
          Duration.ofNanos(seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE));
    }
  }

  private static Value moment(long seconds, long nanos) {
    long known =
        Math.clamp(seconds, Instant.MIN.getEpochSecond() + 10, Instant.MAX.getEpochSecond() - 10);
    return new Value.TimestampValue(Instant.ofEpochSecond(known, nanos));
  }

  /// Of several fields the first one counts.
  private static Value value(MessageFields given, Map<String, Value> fields) {
    if (fields.containsKey("null_value")) {
      given.choice("null_value");
      return Constants.NULL;
    }
    if (fields.containsKey("number_value")) {
      return given.real("number_value");
    }
    if (fields.containsKey("string_value")) {
      return given.text("string_value");
    }
    if (fields.containsKey("bool_value")) {
      return given.truth("bool_value");
    }
    Value whole = fields.getOrDefault("struct_value", fields.get("list_value"));
    return whole == null ? Constants.NULL : json(whole);
  }

  /// What JSON can say of a value.
  private static Value json(Value value) {
    return switch (value) {
      case Value.Int(long number) when Math.abs(number) <= WHOLE_MAX ->
          new Value.DoubleValue((double) number);
      case Value.Uint(long bits) when bits >= 0 && bits <= WHOLE_MAX ->
          new Value.DoubleValue((double) bits);
      case Value.Int _, Value.Uint _, Value.Temporal _ -> Value.of(TypeConversions.toText(value));
      case Value.Bytes(byte[] bytes) -> Value.of(Base64.getEncoder().encodeToString(bytes));
      case Value.ListValue(List<Value> items) -> {
        List<Value> made = new ArrayList<>(items.size());
        items.forEach(item -> made.add(json(item)));
        yield new Value.ListValue(made);
      }
      case Value.MapValue(Map<Value, Value> entries) -> {
        Map<Value, Value> made = new LinkedHashMap<>();
        entries.forEach(
            (key, entry) -> made.put(Value.of(TypeConversions.toText(key)), json(entry)));
        yield new Value.MapValue(made);
      }
      case Value.DoubleValue _, Value.Text _, Value.Plain _, Value.OptionalValue _ -> value;
    };
  }
}
