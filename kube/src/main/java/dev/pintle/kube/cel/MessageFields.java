package dev.pintle.kube.cel;

import java.util.Map;

/// The fields that a message is made of, read as the types that it declares; those that are not given are zero.
///
/// @param message its name
record MessageFields(String message, Map<String, Value> given) {
  private CelException misfit(String field, String problem) {
    return new CelException(
        "field type conversion error for %s.%s value type: %s".formatted(message, field, problem));
  }

  private CelException misfit(String field, Value value, String wanted) {
    return misfit(
        field,
        switch (value) {
          case Value.Text _ ->
              "unsupported native conversion from string to '%s'".formatted(wanted);
          case Value.Uint _ -> "unsupported type conversion from 'uint' to " + wanted;
          case Value.Int _ -> "unsupported type conversion from 'int' to " + wanted;
          case Value.DoubleValue _ -> "type conversion error from Double to '%s'".formatted(wanted);
          case Value.Bytes _,
              Value.ListValue _,
              Value.MapValue _,
              Value.Temporal _,
              Value.Plain _,
              Value.OptionalValue _ ->
              "type conversion error from '%s' to '%s'".formatted(value.type(), wanted);
        });
  }

  private Value get(String field, Value zero) {
    return given.getOrDefault(field, zero);
  }

  private long number(String field, String wanted) {
    Value value = get(field, Value.of(0));
    if (value instanceof Value.Int(long number)) {
      return number;
    }
    throw misfit(field, value, wanted);
  }

  long whole(String field) {
    return number(field, "int64");
  }

  /// A number of 32 bits.
  long narrow(String field) {
    long number = number(field, "int32");
    if (number != (int) number) {
      throw misfit(field, "integer overflow");
    }
    return number;
  }

  /// The number of a choice, which says nothing more.
  void choice(String field) {
    number(field, "protoreflect.EnumNumber");
  }

  Value unsigned(String field, boolean narrow) {
    Value value = get(field, new Value.Uint(0));
    if (!(value instanceof Value.Uint(long bits))) {
      throw misfit(field, value, narrow ? "uint32" : "uint64");
    }
    if (narrow && bits >>> 32 != 0) {
      throw misfit(field, "unsigned integer overflow");
    }
    return value;
  }

  Value real(String field) {
    Value value = get(field, new Value.DoubleValue(0));
    if (value instanceof Value.DoubleValue) {
      return value;
    }
    throw misfit(field, value, "float64");
  }

  /// A number of 32 bits.
  Value single(String field) {
    Value value = get(field, new Value.DoubleValue(0));
    if (value instanceof Value.DoubleValue(double number)) {
      return new Value.DoubleValue((float) number);
    }
    throw misfit(field, value, "float32");
  }

  Value truth(String field) {
    Value value = get(field, Constants.FALSE);
    if (value instanceof Value.Bool) {
      return value;
    }
    throw misfit(field, value, "bool");
  }

  Value text(String field) {
    Value value = get(field, Value.of(""));
    if (value instanceof Value.Text) {
      return value;
    }
    throw misfit(field, value, "string");
  }

  Value bytes(String field) {
    Value value = get(field, new Value.Bytes(new byte[0]));
    if (value instanceof Value.Bytes) {
      return value;
    }
    throw misfit(field, value, "[]uint8");
  }

  /// What is said of a message that no value stands for.
  CelException noValue() {
    StringBuilder text = new StringBuilder();
    given.forEach((name, value) -> {
      String shown =
          value instanceof Value.Bytes(byte[] bytes)
              ? TypeConversions.decoded(bytes)
              : TypeConversions.toText(value);
      if (!shown.isEmpty()) {
        text.append(text.isEmpty() ? "" : "  ")
            .append(name)
            .append(":\"")
            .append(shown)
            .append('"');
      }
    });
    return new CelException("unsupported conversion to ref.Val: (*dynamicpb.Message)" + text);
  }
}
