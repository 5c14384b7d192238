package dev.pintle.kube.cel;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The equality and order of values; numbers are compared by what they are worth, whatever their type.
final class ValueComparison {
  // So many characters are compared as fast as one value is reached.
  private static final int CHARACTERS_AT_ONCE = 16;

  private ValueComparison() {}

  /// Whether two values are equal; only null is equal to null.
  static boolean equal(Activation frame, Value left, Value right) {
    if (left instanceof Value.NullValue || right instanceof Value.NullValue) {
      return left.equals(right);
    }
    return same(frame, left, right);
  }

  /// What a value says of another: some know only their own kind, null too.
  static boolean same(Activation frame, Value left, Value right) {
    return switch (left) {
      case Value.Int(long one) when right instanceof Value.Int(long other) -> one == other;
      case Value.Text(String text) when right instanceof Value.Text(String other) -> {
        frame.compare(1 + Math.min(text.length(), other.length()) / CHARACTERS_AT_ONCE);
        yield text.equals(other);
      }
      case Value.ListValue(List<Value> items)
          when right instanceof Value.ListValue(List<Value> others) ->
          items instanceof KeyedList keyed
              ? keyed.isEqual(frame, others)
              : equalItems(frame, items, others);
      case Value.MapValue(Map<Value, Value> entries)
          when right instanceof Value.MapValue(Map<Value, Value> others) ->
          equalEntries(frame, entries, others);
      case Value.QuantityValue(var quantity) when right instanceof Value.QuantityValue(var other) ->
          quantity.compareTo(other) == 0;
      case Value.Extension(LibraryValue one)
          when right instanceof Value.Extension(LibraryValue other)
              && one.getClass() == other.getClass() ->
          one.isSame(other);
      case Value.ListValue _, Value.MapValue _, Value.QuantityValue _, Value.Extension _ ->
          differentKinds(left);
      case Value.OptionalValue(var held) when right instanceof Value.OptionalValue(var other) ->
          (held.isPresent() == other.isPresent())
              && (held.isEmpty() || same(frame, held.get(), other.orElseThrow()));
      case Value.Numeric number when right instanceof Value.Numeric other ->
          sameWorth(number, other);
      case Value.Sized _, Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          left.equals(right);
    };
  }

  /// Values of the language differ from values of other types; those of a tree or of a library know only their own.
  private static boolean differentKinds(Value left) {
    boolean own =
        switch (left) {
          case Value.ListValue(List<Value> items) -> JsonAdapter.origin(items) == TreeOrigin.MADE;
          case Value.MapValue(Map<Value, Value> entries) ->
              JsonAdapter.origin(entries) == TreeOrigin.MADE;
          case Value.Text _,
              Value.Bytes _,
              Value.Numeric _,
              Value.Temporal _,
              Value.Plain _,
              Value.OptionalValue _ ->
              false;
        };
    if (!own) {
      throw CelException.noOverload();
    }
    return false;
  }

  /// Whether nothing is known to differ within two values; what of it cannot be compared is told or not by where the first is from.
  private static boolean mayEqual(
      Activation frame, TreeOrigin origin, boolean lists, Value left, Value right) {
    try {
      return origin == TreeOrigin.MADE ? equal(frame, left, right) : same(frame, left, right);
    } catch (CelException wrong) {
      if (wrong.isCancelled()) {
        throw wrong;
      }
      return switch (origin) {
        case SCHEMA -> throw wrong;
        case TYPED -> {
          if (!lists) {
            throw wrong;
          }
          yield false;
        }
        case MADE -> true;
      };
    }
  }

  /// Whether two values are known to be equal; what cannot be compared is not.
  static boolean isEqual(Activation frame, Value left, Value right) {
    try {
      return equal(frame, left, right);
    } catch (CelException wrong) {
      if (wrong.isCancelled()) {
        throw wrong;
      }
      return false;
    }
  }

  private static boolean sameWorth(Value.Numeric left, Value.Numeric right) {
    if (isDouble(left) || isDouble(right)) {
      return real(left) == real(right);
    }
    return worth(left).compareTo(worth(right)) == 0;
  }

  private static boolean equalItems(Activation frame, List<Value> items, List<Value> others) {
    if (items.size() != others.size()) {
      return false;
    }
    frame.compare(items.size());
    if (items instanceof ConcatList) {
      return equalParts(frame, items, others);
    }
    TreeOrigin origin = JsonAdapter.origin(items);
    for (int i = 0; i < items.size(); i++) {
      if (!mayEqual(frame, origin, true, items.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Two lists as one tell of what cannot be compared where nothing differs.
  private static boolean equalParts(Activation frame, List<Value> items, List<Value> others) {
    CelException problem = null;
    for (int i = 0; i < items.size(); i++) {
      try {
        if (!equal(frame, items.get(i), others.get(i))) {
          return false;
        }
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    if (problem != null) {
      throw problem;
    }
    return true;
  }

  private static boolean equalEntries(
      Activation frame, Map<Value, Value> entries, Map<Value, Value> others) {
    if (entries.size() != others.size()) {
      return false;
    }
    frame.compare(entries.size());
    TreeOrigin origin = JsonAdapter.origin(entries);
    for (Map.Entry<Value, Value> entry : entries.entrySet()) {
      Value other = find(others, entry.getKey());
      if (other == null && isAbsent(entries, entry.getKey())) {
        continue;
      }
      if (other == null || !mayEqual(frame, origin, false, entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /// Whether it is a field of a tree that stands there and counts as absent all the same.
  private static boolean isAbsent(Map<Value, Value> entries, Value key) {
    return JsonAdapter.origin(entries) == TreeOrigin.SCHEMA && entries.get(key) == null;
  }

  /// What stands under a key, whatever the type of number that it is written in.
  static @Nullable Value find(Map<Value, Value> entries, Value key) {
    Value found = entries.get(key);
    if (found != null || !(key instanceof Value.Numeric)) {
      return found;
    }
    if (!(normal(key) instanceof Value.Int(long number))) {
      return null;
    }
    found = entries.get(Value.of(number));
    if (found == null && number >= 0) {
      found = entries.get(new Value.Uint(number));
    }
    return found == null ? entries.get(new Value.DoubleValue((double) number)) : found;
  }

  static boolean hasKey(Map<Value, Value> entries, Value key) {
    return entries.containsKey(key) || find(entries, key) != null;
  }

  /// The same value for numbers of the same worth.
  static Value normal(Value value) {
    return switch (value) {
      case Value.Uint(long bits) when bits >= 0 -> Value.of(bits);
      case Value.DoubleValue(double number)
          when number == Math.rint(number) && Math.abs(number) < 0x1p63 ->
          Value.of((long) number);
      case Value.Sized _, Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          value;
    };
  }

  static int order(Activation frame, Value left, Value right) {
    return switch (left) {
      case Value.Int(long one) when right instanceof Value.Int(long other) ->
          Long.compare(one, other);
      case Value.Text(String a) when right instanceof Value.Text(String b) -> {
        frame.compare(1 + Math.min(a.length(), b.length()) / CHARACTERS_AT_ONCE);
        yield characters(a, b);
      }
      case Value.Bytes(byte[] a) when right instanceof Value.Bytes(byte[] b) ->
          java.util.Arrays.compareUnsigned(a, b);
      case Value.Bool(boolean a) when right instanceof Value.Bool(boolean b) ->
          Boolean.compare(a, b);
      case Value.DurationValue(var a) when right instanceof Value.DurationValue(var b) ->
          a.compareTo(b);
      case Value.TimestampValue(var a, _) when right instanceof Value.TimestampValue(var b, _) ->
          a.compareTo(b);
      case Value.Numeric number when right instanceof Value.Numeric other -> numbers(number, other);
      case Value.DoubleValue(double number) when Double.isNaN(number) -> throw unordered();
      case Value.Sized _, Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static int numbers(Value.Numeric left, Value.Numeric right) {
    if (!isDouble(left) && !isDouble(right)) {
      return worth(left).compareTo(worth(right));
    }
    double one = real(left);
    double other = real(right);
    if (Double.isNaN(one) || Double.isNaN(other)) {
      throw unordered();
    }
    return one < other ? -1 : one > other ? 1 : 0;
  }

  private static CelException unordered() {
    return new CelException("NaN values cannot be ordered");
  }

  /// As upstream compares with a broken number: by the nearest one that there is.
  private static double real(Value.Numeric value) {
    return switch (value) {
      case Value.Int(long number) -> number;
      case Value.Uint _ -> worth(value).doubleValue();
      case Value.DoubleValue(double number) -> number;
    };
  }

  private static boolean isDouble(Value.Numeric value) {
    return value instanceof Value.DoubleValue;
  }

  /// By characters, not by the halves of a pair.
  private static int characters(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean pair = Character.isSurrogate(a) != Character.isSurrogate(b);
        return pair ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static BigDecimal worth(Value.Numeric value) {
    return switch (value) {
      case Value.Int(long number) -> BigDecimal.valueOf(number);
      case Value.Uint(long bits) -> new BigDecimal(Long.toUnsignedString(bits));
      case Value.DoubleValue(double number) -> new BigDecimal(number);
    };
  }
}
