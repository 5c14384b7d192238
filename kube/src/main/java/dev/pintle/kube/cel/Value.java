package dev.pintle.kube.cel;

import dev.pintle.kube.quantity.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that expressions compute with. Types that are alike to most functions have a name together, so that a function can say
/// of all types, without a `default`, what it does with them.
sealed interface Value {
  /// A number of any type: all are compared with one another.
  sealed interface Numeric extends Value {}

  /// A value of which `size` can be asked.
  sealed interface Sized extends Value {}

  /// A point or a span of time.
  sealed interface Temporal extends Value {}

  /// A value without parts, with which nothing is computed.
  sealed interface Plain extends Value {}

  record Bool(boolean truth) implements Plain {}

  record Int(long number) implements Numeric {}

  record Uint(long bits) implements Numeric {}

  record DoubleValue(double number) implements Numeric {}

  /// A string. Ordered as Java orders texts, which keeps maps fast whose keys were chosen to collide.
  record Text(String text) implements Sized, Comparable<Text> {
    @Override
    public int compareTo(Text other) {
      return text.compareTo(other.text);
    }
  }

  /// A byte string. Compared by what it holds; nobody changes the array.
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Sized {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes(byte[] others) && Arrays.equals(bytes, others);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  record NullValue() implements Plain {}

  record ListValue(List<Value> items) implements Sized {}

  /// A map, or an object: what fields it has is for [Checker] to know.
  record MapValue(Map<Value, Value> entries) implements Sized {}

  record DurationValue(Duration duration) implements Temporal {}

  /// A moment, with the difference to the world's time in which it was written; only texts tell that.
  record TimestampValue(Instant instant, ZoneOffset written) implements Temporal {
    TimestampValue(Instant instant) {
      this(instant, ZoneOffset.UTC);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof TimestampValue(Instant that, _) && instant.equals(that);
    }

    @Override
    public int hashCode() {
      return instant.hashCode();
    }
  }

  record QuantityValue(Quantity quantity) implements Plain {}

  /// A value of a type of a library.
  record Extension(LibraryValue object) implements Plain {}

  record OptionalValue(Optional<Value> value) implements Value {}

  record Type(String name) implements Plain {}

  static Bool of(boolean truth) {
    return truth ? Constants.TRUE : Constants.FALSE;
  }

  static Value of(long number) {
    return new Int(number);
  }

  static Value of(String text) {
    return new Text(text);
  }

  /// The name of a value's type.
  default String type() {
    return switch (this) {
      case Bool _ -> "bool";
      case Int _ -> "int";
      case Uint _ -> "uint";
      case DoubleValue _ -> "double";
      case Text _ -> "string";
      case Bytes _ -> "bytes";
      case NullValue _ -> "null_type";
      case ListValue _ -> "list";
      case MapValue _ -> "map";
      case DurationValue _ -> "google.protobuf.Duration";
      case TimestampValue _ -> "google.protobuf.Timestamp";
      case QuantityValue _ -> "kubernetes.Quantity";
      case Extension(LibraryValue object) -> object.typeName();
      case OptionalValue _ -> "optional_type";
      case Type _ -> "type";
    };
  }
}
