package dev.pintle.kube.object;

/// A JSON value. Objects and arrays are mutable and owned by whoever parsed or copied them; the rest are values.
///
/// Numbers follow Go's API machinery: what has neither fraction nor exponent and fits 64 bits is an integer, everything
/// else a double. Their hashes are [Hashes]: a set of values that a client chose is as quick as any other.
public sealed interface Json
    permits JsonObject, JsonArray, Json.Text, Json.Whole, Json.Decimal, Json.Bool, Json.Null {
  Null NULL = new Null();

  /// A tree that shares no mutable part with this one.
  Json copy();

  static Json of(String text) {
    return new Text(text);
  }

  static Json of(long number) {
    return new Whole(number);
  }

  static Json of(boolean value) {
    return value ? Bool.TRUE : Bool.FALSE;
  }

  record Text(String value) implements Json {
    @Override
    public Json copy() {
      return this;
    }

    @Override
    public int hashCode() {
      return Hashes.of(value);
    }
  }

  record Whole(long value) implements Json {
    @Override
    public Json copy() {
      return this;
    }

    @Override
    public int hashCode() {
      return Hashes.of(value);
    }
  }

  /// A number with a fraction or an exponent, or one that does not fit 64 bits; two of one value are equal however they were written.
  ///
  /// @param value infinite only in a tree that was read as it was written
  /// @param written as it stood in the text; empty when it was in none
  record Decimal(double value, String written) implements Json {
    public Decimal(double value) {
      this(value, "");
    }

    @Override
    public Json copy() {
      return this;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Decimal(var number, _) && Double.compare(number, value) == 0;
    }

    @Override
    public int hashCode() {
      return Hashes.of(Double.doubleToLongBits(value));
    }
  }

  record Bool(boolean value) implements Json {
    public static final Bool TRUE = new Bool(true);
    public static final Bool FALSE = new Bool(false);

    @Override
    public Json copy() {
      return this;
    }
  }

  record Null() implements Json {
    @Override
    public Json copy() {
      return this;
    }
  }
}
