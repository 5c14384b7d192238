package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Expression.Macro;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of an expression. Bounded: an expression that takes too many steps is given up.
final class Evaluation {
  private static final long STEPS_MAX = 1_000_000;

  private final Map<String, Value> names;
  private long steps;

  Evaluation(Map<String, Value> names) {
    this.names = new HashMap<>(names);
  }

  Value of(Expression expression) {
    if (++steps > STEPS_MAX) {
      throw new CelException("operation cancelled: actual cost limit exceeded");
    }
    return switch (expression) {
      case Expression.Constant(_, Value value) -> value;
      case Expression.Name(_, String name) -> name(name);
      case Expression.Select(_, Expression operand, String field, boolean optional) ->
          select(of(operand), field, optional);
      case Expression.Presence(_, Expression operand, String field) ->
          Value.of(isPresent(of(operand), field));
      case Expression.Index(_, Expression operand, Expression index, boolean optional) ->
          index(of(operand), of(index), optional);
      case Expression.Call call -> call(call);
      case Expression.Choice(_, Expression condition, Expression yes, Expression no) ->
          of(isTrue(of(condition)) ? yes : no);
      case Expression.Both(_, Expression left, Expression right) -> logic(left, right, false);
      case Expression.Either(_, Expression left, Expression right) -> logic(left, right, true);
      case Expression.ListOf(_, List<Expression> items) ->
          new Value.Items(items.stream().map(this::of).toList());
      case Expression.MapOf(_, List<Expression.Entry> entries) -> {
        Map<Value, Value> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(of(entry.key()), of(entry.value())));
        yield new Value.Fields(map);
      }
      case Expression.Through through -> through(through);
    };
  }

  private Value name(String name) {
    Value value = names.get(name);
    if (value == null) {
      throw new CelException("no such attribute(s): " + name);
    }
    return value;
  }

  static boolean isTrue(Value value) {
    if (value instanceof Value.Bool(boolean truth)) {
      return truth;
    }
    throw CelException.noOverload();
  }

  /// One side that decides is enough, even if the other cannot be computed.
  private Value logic(Expression left, Expression right, boolean deciding) {
    CelException problem;
    try {
      if (isTrue(of(left)) == deciding) {
        return Value.of(deciding);
      }
      return Value.of(isTrue(of(right)));
    } catch (CelException first) {
      problem = first;
    }
    try {
      if (isTrue(of(right)) == deciding) {
        return Value.of(deciding);
      }
    } catch (CelException _) {
      // The first problem is the one that is told.
    }
    throw problem;
  }

  private static boolean isPresent(Value operand, String field) {
    return switch (operand) {
      case Value.Fields(Map<Value, Value> entries) ->
          entries.containsKey(Value.of(field))
              || entries.containsKey(Value.of(Escapes.unescape(field)));
      case Value.Maybe(Optional<Value> value) -> value.isPresent() && isPresent(value.get(), field);
      default -> throw CelException.noOverload();
    };
  }

  private static Value select(Value operand, String field, boolean optional) {
    if (operand instanceof Value.Maybe(Optional<Value> value)) {
      return value.isEmpty() ? operand : optionally(select(value.get(), field, true));
    }
    if (!(operand instanceof Value.Fields(Map<Value, Value> entries))) {
      throw CelException.noOverload();
    }
    Value found = entries.get(Value.of(field));
    if (found == null) {
      found = entries.get(Value.of(Escapes.unescape(field)));
    }
    if (optional) {
      return new Value.Maybe(Optional.ofNullable(found));
    }
    if (found == null) {
      throw new CelException("no such key: " + field);
    }
    return found;
  }

  private static Value optionally(Value value) {
    return value instanceof Value.Maybe ? value : new Value.Maybe(Optional.of(value));
  }

  private static Value index(Value operand, Value index, boolean optional) {
    return switch (operand) {
      case Value.Maybe(Optional<Value> value) ->
          value.isEmpty() ? operand : optionally(index(value.get(), index, true));
      case Value.Items(List<Value> items) when index instanceof Value.Int(long at) -> {
        boolean there = at >= 0 && at < items.size();
        if (optional) {
          yield new Value.Maybe(there ? Optional.of(items.get((int) at)) : Optional.empty());
        }
        if (!there) {
          throw new CelException("index out of bounds: " + at);
        }
        yield items.get((int) at);
      }
      case Value.Fields(Map<Value, Value> entries) -> {
        Value found = entries.get(index);
        if (optional) {
          yield new Value.Maybe(Optional.ofNullable(found));
        }
        if (found == null) {
          throw new CelException("no such key: " + Conversions.toText(index));
        }
        yield found;
      }
      default -> throw CelException.noOverload();
    };
  }

  private Value call(Expression.Call call) {
    Expression target = call.target();
    List<Value> arguments = call.arguments().stream().map(this::of).toList();
    if (target instanceof Expression.Name(_, String name)
        && name.equals("optional")
        && !names.containsKey(name)
        && Functions.ofOptional(call.function(), arguments) instanceof Value made) {
      return made;
    }
    if (target != null) {
      return Functions.on(call.function(), of(target), arguments);
    }
    if (call.function().equals("-") && arguments.size() == 1) {
      return Operators.negated(arguments.getFirst());
    }
    return switch (call.function()) {
      case "!" -> Operators.not(arguments.getFirst());
      case "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%" ->
          Operators.apply(call.function(), arguments.getFirst(), arguments.getLast());
      default -> Functions.alone(call.function(), arguments);
    };
  }

  private Value through(Expression.Through through) {
    Value range = of(through.range());
    if (range instanceof Value.Maybe(Optional<Value> value)) {
      return optMap(through, value);
    }
    List<Value> items =
        switch (range) {
          case Value.Items(List<Value> list) -> list;
          case Value.Fields(Map<Value, Value> entries) -> List.copyOf(entries.keySet());
          default -> throw CelException.noOverload();
        };
    return switch (through.macro()) {
      case ALL -> quantified(through, items, false);
      case EXISTS -> quantified(through, items, true);
      case EXISTS_ONE ->
          Value.of(
              items.stream().filter(item -> isTrue(with(through, item, through.body()))).count()
                  == 1);
      case MAP -> map(through, items);
      case FILTER ->
          new Value.Items(
              items.stream().filter(item -> isTrue(with(through, item, through.body()))).toList());
      case OPT_MAP, OPT_FLAT_MAP -> throw CelException.noOverload();
    };
  }

  private Value optMap(Expression.Through through, Optional<Value> value) {
    if (value.isEmpty()) {
      return new Value.Maybe(value);
    }
    Value made = with(through, value.get(), through.body());
    return through.macro() == Macro.OPT_FLAT_MAP ? made : new Value.Maybe(Optional.of(made));
  }

  private Value map(Expression.Through through, List<Value> items) {
    List<Value> made = new ArrayList<>();
    Expression filter = through.filter();
    for (Value item : items) {
      if (filter == null || isTrue(with(through, item, filter))) {
        made.add(with(through, item, through.body()));
      }
    }
    return new Value.Items(made);
  }

  private Value with(Expression.Through through, Value item, Expression body) {
    Value outer = names.put(through.variable(), item);
    try {
      return of(body);
    } finally {
      if (outer == null) {
        names.remove(through.variable());
      } else {
        names.put(through.variable(), outer);
      }
    }
  }

  /// An item that decides is enough, even if others cannot be computed.
  private Value quantified(Expression.Through through, List<Value> items, boolean deciding) {
    Optional<CelException> problem = Optional.empty();
    for (Value item : items) {
      try {
        if (isTrue(with(through, item, through.body())) == deciding) {
          return Value.of(deciding);
        }
      } catch (CelException wrong) {
        problem = problem.isPresent() ? problem : Optional.of(wrong);
      }
    }
    if (problem.isPresent()) {
      throw problem.get();
    }
    return Value.of(!deciding);
  }
}
