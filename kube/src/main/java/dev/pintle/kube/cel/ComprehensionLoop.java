package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A macro that goes through a list or a map, done directly; it costs what the loop costs that it stands for.
///
/// @param first slot of the item or the key, or with a second one of the position or the key
/// @param second slot of the item or the value, -1 for none
/// @param filter null for every item
/// @param madeBefore whether the body is known beforehand
record ComprehensionLoop(
    Expression.Macro macro,
    Interpretable range,
    int first,
    int second,
    @Nullable Interpretable filter,
    Interpretable body,
    boolean madeBefore)
    implements Interpretable {
  private static final int LIST = 10;

  @Override
  public Value run(Activation frame) {
    Value over = range.run(frame);
    Iterator<?> parts = parts(over);
    return switch (macro) {
      case ALL -> quantified(frame, parts, false);
      case EXISTS -> quantified(frame, parts, true);
      case EXISTS_ONE -> one(frame, parts);
      case MAP, FILTER -> gathered(frame, parts);
      case TRANSFORM_MAP -> map(frame, parts);
      case TRANSFORM_MAP_ENTRY -> entries(frame, parts);
    };
  }

  private Iterator<?> parts(Value over) {
    return switch (over) {
      case Value.ListValue(List<Value> items) when JsonAdapter.origin(items) == TreeOrigin.SCHEMA ->
          IntStream.range(0, items.size()).mapToObj(i -> new Item(items, i)).iterator();
      case Value.ListValue(List<Value> items) -> items.iterator();
      case Value.MapValue(Map<Value, Value> entries) ->
          second < 0 ? entries.keySet().iterator() : entries.entrySet().iterator();
      case Value.Text _,
          Value.Bytes _,
          Value.Numeric _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw new CelException(
              (second < 0
                      ? "got '%s', expected iterable type"
                      : "unsupported comprehension range type: %s")
                  .formatted(TypeConversions.goType(over)));
    };
  }

  /// An item that is made when a variable takes it: one that cannot be made is a value that complains.
  private record Item(List<Value> items, int position) implements Supplier<Value> {
    @Override
    public Value get() {
      return items.get(position);
    }
  }

  private void take(Activation frame, Iterator<?> parts, long position) {
    switch (parts.next()) {
      case Map.Entry<?, ?> entry -> {
        frame.set(first, (Value) entry.getKey());
        frame.set(second, () -> (Value) entry.getValue());
      }
      case Item item -> {
        if (second >= 0) {
          frame.set(first, Value.of(position));
        }
        frame.set(second < 0 ? first : second, item);
      }
      case Value item -> {
        frame.set(first, second < 0 ? item : Value.of(position));
        if (second >= 0) {
          frame.set(second, item);
        }
      }
      default -> throw new IllegalStateException("a part that is no value");
    }
  }

  /// An item that decides is enough, even if others cannot be computed.
  private Value quantified(Activation frame, Iterator<?> parts, boolean deciding) {
    CelException problem = null;
    boolean decided = false;
    for (long i = 0; parts.hasNext(); i++) {
      frame.charge(deciding ? 3 : 2);
      if (decided) {
        break;
      }
      take(frame, parts, i);
      frame.charge(1);
      try {
        decided = Interpretable.isTrue(body.run(frame)) == deciding;
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    frame.charge(1);
    if (problem != null && !decided) {
      throw problem;
    }
    return Value.of(decided == deciding);
  }

  /// A loop that gathers goes on behind what went wrong, and pays for it.
  private Value one(Activation frame, Iterator<?> parts) {
    long count = 0;
    CelException problem = null;
    for (long i = 0; parts.hasNext(); i++) {
      take(frame, parts, i);
      try {
        if (Interpretable.isTrue(body.run(frame))) {
          frame.charge(2);
          count++;
        }
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    frame.charge(2);
    requireNone(problem);
    return Value.of(count == 1);
  }

  private static void requireNone(@Nullable CelException problem) {
    if (problem != null) {
      throw problem;
    }
  }

  private boolean passes(Activation frame) {
    return filter == null || Interpretable.isTrue(filter.run(frame));
  }

  private Value gathered(Activation frame, Iterator<?> parts) {
    List<Value> made = new ArrayList<>();
    CelException problem = null;
    for (long i = 0; parts.hasNext(); i++) {
      take(frame, parts, i);
      try {
        if (passes(frame)) {
          problem = add(frame, made, problem);
        }
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    frame.charge(1);
    requireNone(problem);
    return new Value.ListValue(made);
  }

  private @Nullable CelException add(
      Activation frame, List<Value> made, @Nullable CelException before) {
    CelException problem = before;
    frame.charge(2);
    try {
      made.add(body.run(frame));
    } catch (CelException wrong) {
      problem = Chain.first(problem, wrong);
    }
    frame.charge(madeBefore ? 0 : LIST);
    return problem;
  }

  private Value entries(Activation frame, Iterator<?> parts) {
    Map<Value, Value> made = new LinkedHashMap<>();
    CelException problem = null;
    for (long i = 0; parts.hasNext(); i++) {
      take(frame, parts, i);
      try {
        if (passes(frame)) {
          frame.charge(2);
          insert(made, body.run(frame));
        }
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    frame.charge(1);
    requireNone(problem);
    return new Value.MapValue(made);
  }

  private static void insert(Map<Value, Value> made, Value more) {
    if (!(more instanceof Value.MapValue(Map<Value, Value> entries))) {
      throw CelException.noOverload();
    }
    entries.forEach((key, value) -> {
      if (ValueComparison.hasKey(made, key)) {
        throw new CelException("insert failed: key %s already exists".formatted(shown(key)));
      }
      made.put(key, value);
    });
  }

  private static String shown(Value key) {
    return TypeConversions.toText(key);
  }

  private Value map(Activation frame, Iterator<?> parts) {
    Map<Value, Value> made = new LinkedHashMap<>();
    CelException problem = null;
    for (long i = 0; parts.hasNext(); i++) {
      take(frame, parts, i);
      try {
        if (passes(frame)) {
          // What stands behind an argument that went wrong is not looked at.
          frame.charge(problem == null ? 3 : 1);
          if (problem == null) {
            made.put(frame.variable(first, "key"), body.run(frame));
          }
        }
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    frame.charge(1);
    requireNone(problem);
    return new Value.MapValue(made);
  }
}
