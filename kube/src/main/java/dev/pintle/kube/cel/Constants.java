package dev.pintle.kube.cel;

/// The values that there is one of.
final class Constants {
  static final Value.Bool TRUE = new Value.Bool(true);
  static final Value.Bool FALSE = new Value.Bool(false);
  static final Value.NullValue NULL = new Value.NullValue();

  private Constants() {}

  /// The type of what stands in a text; of what no text can hold, the one that fits everywhere.
  static CelType type(Value value) {
    return switch (value) {
      case Value.Bool _ -> CelType.BOOL;
      case Value.Int _ -> CelType.INT;
      case Value.Uint _ -> CelType.UINT;
      case Value.DoubleValue _ -> CelType.DOUBLE;
      case Value.Text _ -> CelType.STRING;
      case Value.Bytes _ -> CelType.BYTES;
      case Value.NullValue _ -> CelType.NULL;
      case Value.ListValue _,
          Value.MapValue _,
          Value.DurationValue _,
          Value.TimestampValue _,
          Value.QuantityValue _,
          Value.Extension _,
          Value.OptionalValue _,
          Value.Type _ ->
          CelType.DYN;
    };
  }
}
