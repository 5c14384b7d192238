package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoNumbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reader of parts of values.
final class Chain {
  private Chain() {}

  /// What a chain of parts begins with, or goes on from.
  static Value start(Interpretable operand, Activation frame) {
    return operand.isAttribute() ? operand.run(frame) : paid(operand, frame);
  }

  /// What a step pays for by itself, also when it goes wrong.
  static Value paid(Interpretable step, Activation frame) {
    Value value;
    try {
      value = step.run(frame);
    } catch (CelException wrong) {
      if (!wrong.isCancelled()) {
        frame.charge(1);
      }
      throw wrong;
    }
    frame.charge(1);
    return value;
  }

  /// The start of a chain that ends with nothing is free.
  static Value settled(Activation frame, Value holder, Value found) {
    if (isNone(found) && !isNone(holder)) {
      frame.refund(1);
    }
    return found;
  }

  private static boolean isNone(Value value) {
    return value instanceof Value.OptionalValue(Optional<Value> held) && held.isEmpty();
  }

  /// Of two problems the one that is told.
  static CelException first(@Nullable CelException before, CelException wrong) {
    if (wrong.isCancelled()) {
      throw wrong;
    }
    return before == null ? wrong : before;
  }

  static Value field(Value holder, Value.Text key, boolean strict) {
    return switch (holder) {
      case Value.OptionalValue(Optional<Value> held) ->
          held.isEmpty() ? holder : optionally(field(held.get(), key, false));
      case Value.MapValue(Map<Value, Value> entries) -> {
        Value found = entries.get(key);
        yield found != null && strict ? found : absent(found, key.text(), strict);
      }
      case Value.ListValue _ -> throw unsupported(key);
      case Value.Extension(StructuredValue object) -> {
        Value found = object.field(key.text());
        if (found == null && strict) {
          throw object.unset(key.text());
        }
        yield found != null && strict ? found : absent(found, key.text(), strict);
      }
      case Value.Text _, Value.Bytes _, Value.Numeric _, Value.Temporal _, Value.Plain _ ->
          absent(null, key.text(), strict);
    };
  }

  private static CelException unsupported(Value index) {
    return new CelException("unsupported index type '%s' in list".formatted(index.type()));
  }

  private static Value absent(@Nullable Value found, Object key, boolean strict) {
    if (strict) {
      throw new CelException("no such key: " + key);
    }
    return new Value.OptionalValue(Optional.ofNullable(found));
  }

  private static Value optionally(Value value) {
    return value instanceof Value.OptionalValue
        ? value
        : new Value.OptionalValue(Optional.of(value));
  }

  static boolean has(Value holder, Value.Text key) {
    return switch (holder) {
      case Value.MapValue(Map<Value, Value> entries) -> entries.containsKey(key);
      case Value.OptionalValue(Optional<Value> held) -> held.isPresent() && has(held.get(), key);
      case Value.ListValue _ -> throw unsupported(key);
      case Value.Extension(StructuredValue object) -> object.field(key.text()) != null;
      case Value.Text _, Value.Bytes _, Value.Numeric _, Value.Temporal _, Value.Plain _ -> false;
    };
  }

  static Value index(Value holder, Value index, boolean strict) {
    // Nothing is looked for where nothing is, whatever it is.
    if (holder instanceof Value.OptionalValue(Optional<Value> none) && none.isEmpty()) {
      return holder;
    }
    requireIndex(index);
    return switch (holder) {
      case Value.OptionalValue(Optional<Value> held) ->
          optionally(index(held.orElseThrow(), index, false));
      case Value.ListValue(List<Value> items) -> {
        Value item = item(items, position(index), strict);
        if (strict) {
          JsonAdapter.requireWhole(items, index);
        }
        yield item;
      }
      case Value.MapValue(Map<Value, Value> entries) -> {
        JsonAdapter.requireName(entries, index);
        Value found = ValueComparison.find(entries, index);
        yield found != null && strict
            ? found
            : absent(found, TypeConversions.toText(index), strict);
      }
      case Value.Text _, Value.Bytes _, Value.Numeric _, Value.Temporal _, Value.Plain _ ->
          absent(null, TypeConversions.toText(index), strict);
    };
  }

  /// @throws CelException of a value that can be no index and no key
  static void requireIndex(Value index) {
    boolean fits =
        switch (index) {
          case Value.Text _, Value.Numeric _, Value.Bool _ -> true;
          case Value.Bytes _,
              Value.ListValue _,
              Value.MapValue _,
              Value.Temporal _,
              Value.Plain _,
              Value.OptionalValue _ ->
              false;
        };
    if (!fits) {
      throw new CelException("invalid qualifier type: " + TypeConversions.goValueType(index));
    }
  }

  private static long position(Value index) {
    return switch (ValueComparison.normal(index)) {
      case Value.Int(long at) -> at;
      case Value.Uint(long at) -> at;
      case Value.DoubleValue(double at) ->
          throw new CelException(
              "unsupported index value %s in list".formatted(GoNumbers.text(at)));
      case Value.Sized _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          throw unsupported(index);
    };
  }

  private static Value item(List<Value> items, long at, boolean strict) {
    boolean there = at >= 0 && at < items.size();
    if (!strict) {
      return new Value.OptionalValue(there ? Optional.of(items.get((int) at)) : Optional.empty());
    }
    if (!there) {
      throw new CelException("index out of bounds: " + at);
    }
    return items.get((int) at);
  }
}
