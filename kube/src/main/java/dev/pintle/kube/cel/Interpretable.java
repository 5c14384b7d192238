package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A part of an expression, ready to be run. What its run costs is upstream's, step by step.
interface Interpretable {
  Value run(Activation frame);

  /// Whether it reads a variable or a part of something, which upstream pays for as one.
  default boolean isAttribute() {
    return false;
  }

  /// What of its cost is for the start of the chain; free where a choice leads to it.
  default int chainCost() {
    return 0;
  }

  static boolean isTrue(Value value) {
    if (value instanceof Value.Bool(boolean truth)) {
      return truth;
    }
    throw CelException.noOverload();
  }

  record Literal(Value value) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      return value;
    }
  }

  record Variable(String name, int slot) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      frame.charge(1);
      return frame.variable(slot, name);
    }

    @Override
    public boolean isAttribute() {
      return true;
    }

    @Override
    public int chainCost() {
      return 1;
    }
  }

  /// A selection of a field: `a.b` and `a.?b`.
  ///
  /// @param strict whether absence is a problem
  record FieldOf(Interpretable operand, Value.Text key, boolean strict) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Value holder = Chain.start(operand, frame);
      frame.charge(1);
      try {
        return Chain.settled(frame, holder, Chain.field(holder, key, strict));
      } catch (CelException wrong) {
        frame.refund(strict ? 0 : 1);
        throw wrong;
      }
    }

    @Override
    public boolean isAttribute() {
      return true;
    }

    @Override
    public int chainCost() {
      return operand.isAttribute() ? operand.chainCost() : 1;
    }
  }

  /// The test `has(a.b)`: the last step is free.
  record Presence(Interpretable operand, Value.Text key) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Value holder = operand.run(frame);
      if (!operand.isAttribute()) {
        frame.charge(1);
      }
      return Value.of(Chain.has(holder, key));
    }
  }

  record IndexOf(Interpretable operand, Interpretable index, boolean strict)
      implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Value holder = Chain.start(operand, frame);
      Value at = index.isAttribute() ? index.run(frame) : Chain.paid(index, frame);
      try {
        return Chain.settled(frame, holder, Chain.index(holder, at, strict));
      } catch (CelException wrong) {
        frame.refund(strict ? 0 : 1);
        throw wrong;
      }
    }

    @Override
    public boolean isAttribute() {
      return true;
    }

    @Override
    public int chainCost() {
      return operand.isAttribute() ? operand.chainCost() : 1;
    }
  }

  record Conditional(Interpretable condition, Interpretable yes, Interpretable no)
      implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Interpretable chosen = isTrue(condition.run(frame)) ? yes : no;
      Value value = chosen.run(frame);
      frame.refund(chosen.chainCost());
      return value;
    }

    @Override
    public boolean isAttribute() {
      return true;
    }
  }

  /// One term that decides is enough, even if others cannot be computed.
  record LogicalChain(boolean any, List<Interpretable> terms) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      CelException problem = null;
      for (Interpretable term : terms) {
        try {
          if (isTrue(term.run(frame)) == any) {
            return Value.of(any);
          }
        } catch (CelException wrong) {
          problem = Chain.first(problem, wrong);
        }
      }
      if (problem != null) {
        throw problem;
      }
      return Value.of(!any);
    }
  }

  /// The call of a function.
  ///
  /// @param name as it is told when the values do not fit
  /// @param faultsCost whether it costs something even when an argument goes wrong
  record Call(
      String name,
      CallCosts.Rule cost,
      Functions.Implementation function,
      List<Interpretable> arguments,
      boolean faultsCost)
      implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Value[] given = new Value[arguments.size()];
      CelException problem = null;
      int looked = 0;
      while (looked < given.length && (problem == null || given.length <= 2)) {
        try {
          given[looked] = arguments.get(looked).run(frame);
        } catch (CelException wrong) {
          given[looked] = Constants.NULL;
          problem = Chain.first(problem, wrong);
        }
        looked++;
      }
      if (problem != null) {
        // Upstream also pays for calls whose arguments were all looked at, though one of them went
        // wrong.
        if (looked == given.length && faultsCost) {
          frame.charge(cost.of(given) + CallCosts.ofMisfit(name));
        }
        throw problem;
      }
      frame.charge(cost.of(given));
      try {
        return function.call(frame, given);
      } catch (CelException wrong) {
        if (!wrong.isNoOverload()) {
          throw wrong;
        }
        frame.charge(CallCosts.ofMisfit(name));
        throw MisfitWords.of(name, given);
      }
    }
  }

  /// The alternative to an absent optional, `a.or(b)` and `a.orValue(b)`: the other value is made only when it is needed.
  record Otherwise(Interpretable optional, Interpretable other, boolean unwrapped)
      implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Value first = optional.run(frame);
      if (!(first instanceof Value.OptionalValue(Optional<Value> held))) {
        throw CelException.noOverload();
      }
      if (held.isEmpty()) {
        return other.run(frame);
      }
      return unwrapped ? held.get() : first;
    }
  }

  /// The membership test `a in [1, 2]` with a list that is known beforehand.
  record Member(Interpretable value, java.util.Set<Value> set) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      Value wanted = value.run(frame);
      requireHashable(wanted);
      return Value.of(set.contains(ValueComparison.normal(wanted)));
    }
  }

  /// Upstream looks values of constant lists up in a table that cannot hold these.
  private static void requireHashable(Value value) {
    boolean hashable =
        switch (value) {
          case Value.Bytes _, Value.Extension(SemanticVersion _), Value.Extension(NamedFormat _) ->
              false;
          case Value.Text _,
              Value.ListValue _,
              Value.MapValue _,
              Value.Numeric _,
              Value.Temporal _,
              Value.Plain _,
              Value.OptionalValue _ ->
              true;
        };
    if (!hashable) {
      throw new CelException(
          "internal error: runtime error: hash of unhashable type "
              + TypeConversions.goType(value));
    }
  }

  record ListOf(List<Interpretable> items, List<Boolean> optional) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      frame.charge(10);
      List<Value> values = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        Value value = present(items.get(i).run(frame), optional.get(i));
        if (value != null) {
          values.add(value);
        }
      }
      return new Value.ListValue(values);
    }

    static @Nullable Value present(Value value, boolean optional) {
      if (!optional) {
        return value;
      }
      if (value instanceof Value.OptionalValue(Optional<Value> held)) {
        return held.orElse(null);
      }
      throw CelException.noOverload();
    }
  }

  record MapOf(List<Interpretable> keys, List<Interpretable> values, List<Boolean> optional)
      implements Interpretable {
    @Override
    public Value run(Activation frame) {
      frame.charge(30);
      Map<Value, Value> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Value key = keys.get(i).run(frame);
        Value value = ListOf.present(values.get(i).run(frame), optional.get(i));
        if (value != null) {
          map.put(key, value);
        }
      }
      return new Value.MapValue(map);
    }
  }

  /// A message of protobuf that an expression makes.
  record MessageOf(
      String name, List<String> fields, List<Interpretable> values, List<Boolean> optional)
      implements Interpretable {
    @Override
    public Value run(Activation frame) {
      frame.charge(40);
      Map<String, Value> given = new LinkedHashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        Value value = values.get(i).run(frame);
        if (optional.get(i) && !(value instanceof Value.OptionalValue)) {
          throw new CelException(
              "cannot initialize optional entry '%s' from non-optional value %s"
                  .formatted(fields.get(i), TypeConversions.toText(value)));
        }
        Value present = ListOf.present(value, optional.get(i));
        if (present != null) {
          given.put(fields.get(i), present);
        }
      }
      if (AdmissionTypes.isApplied(name)) {
        return new Value.Extension(new AppliedObject(name, given));
      }
      return AdmissionTypes.OPERATION.name().equals(name)
          ? new Value.Extension(PatchOperation.of(given))
          : WellKnownMessages.make(name, given);
    }
  }

  record Bind(int slot, Interpretable value, Interpretable result) implements Interpretable {
    @Override
    public Value run(Activation frame) {
      frame.set(slot, value.run(frame));
      return result.run(frame);
    }
  }
}
