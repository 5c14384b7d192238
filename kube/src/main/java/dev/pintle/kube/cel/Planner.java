package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes steps of an expression. What is known beforehand is computed now: lists and maps of constants, conversions of
/// constants, patterns.
final class Planner {
  private static final Set<String> CONVERSIONS =
      Set.of(
          "bool",
          "bytes",
          "double",
          "duration",
          "dyn",
          "int",
          "string",
          "timestamp",
          "type",
          "uint");

  private final Checked checked;
  private final Map<String, Integer> slots = new HashMap<>();
  private final BitSet used = new BitSet();
  private int next;
  private int most;

  private Planner(Checked checked, List<String> variables) {
    this.checked = checked;
    variables.forEach(variable -> slots.put(variable, next++));
    most = next;
  }

  /// @param slots how many values a run holds at once
  record Plan(Step step, int slots) {}

  /// @param variables by their slots
  /// @throws CelException of something that is known beforehand and is wrong
  static Plan plan(Checked checked, List<String> variables) {
    Planner planner = new Planner(checked, variables);
    Step step = planner.step(checked.expression());
    return new Plan(step, planner.most);
  }

  private Step step(Expression expression) {
    String typeName = checked.typeNames().get(expression);
    if (typeName != null) {
      return new Step.Literal(new Value.Type(typeName));
    }
    return switch (expression) {
      case Expression.Constant(_, Value value) -> new Step.Literal(value);
      case Expression.Name(_, String name) -> variable(name);
      case Expression.Select(_, Expression operand, String field, boolean optional) ->
          new Step.FieldOf(step(operand), key(operand, field), !optional);
      case Expression.Presence(_, Expression operand, String field) ->
          new Step.Presence(step(operand), key(operand, field));
      case Expression.Index(_, Expression operand, Expression index, boolean optional) ->
          new Step.IndexOf(step(operand), step(index), !optional);
      case Expression.Choice(_, Expression condition, Expression yes, Expression no) ->
          new Step.Choice(step(condition), step(yes), step(no));
      case Expression.Logic(_, boolean any, List<Expression> terms) ->
          new Step.Logic(any, terms.stream().map(this::step).toList());
      case Expression.Call call -> call(call);
      case Expression.ListOf(_, List<Expression.Item> items) -> list(items);
      case Expression.MapOf(_, List<Expression.Entry> entries) -> map(entries);
      case Expression.Fold fold -> fold(fold);
      case Expression.Bind bind -> bind(bind);
    };
  }

  private Step variable(String name) {
    int slot = slots.getOrDefault(name, 0);
    used.set(slot);
    return new Step.Variable(name, slot);
  }

  /// Names of fields of objects are written with escapes, keys of maps are not.
  private Value.Text key(Expression operand, String field) {
    CelType holder = checked.type(operand).unwrapped();
    boolean object = holder.kind() == CelType.Kind.STRUCT;
    return new Value.Text(object ? Escapes.unescape(field) : field);
  }

  private Step call(Expression.Call call) {
    String function = checked.functions().getOrDefault(call, call.function());
    List<Step> arguments = new ArrayList<>();
    if (call.target() != null && !checked.functions().containsKey(call)) {
      arguments.add(step(call.target()));
    }
    call.arguments().forEach(argument -> arguments.add(step(argument)));
    String overload = checked.overload(call);
    if (function.equals("or") || function.equals("orValue")) {
      return new Step.Otherwise(
          arguments.getFirst(), arguments.getLast(), function.equals("orValue"));
    }
    if (overload.equals("in_list")
        && arguments.getLast() instanceof Step.Literal(Value.Items(List<Value> items))) {
      Step known = member(arguments.getFirst(), items);
      if (known != null) {
        return known;
      }
    }
    Functions.Implementation implementation = Functions.of(function, pattern(function, arguments));
    Step step = new Step.Call(CallCosts.of(function, overload), implementation, arguments);
    return CONVERSIONS.contains(function) && constants(arguments) ? computed(step) : step;
  }

  private static Step computed(Step step) {
    return new Step.Literal(step.run(new Frame(new Value[0])));
  }

  private static boolean constants(List<Step> steps) {
    return steps.stream().allMatch(Step.Literal.class::isInstance);
  }

  /// The pattern that a call is always made with, null when it may be another each time.
  private static @Nullable String pattern(String function, List<Step> arguments) {
    boolean takesPattern =
        function.equals("matches") || function.equals("find") || function.equals("findAll");
    return takesPattern && arguments.get(1) instanceof Step.Literal(Value.Text(String text))
        ? text
        : null;
  }

  private static @Nullable Step member(Step value, List<Value> items) {
    if (items.isEmpty()) {
      return new Step.Literal(Constants.FALSE);
    }
    Set<Value> set = new HashSet<>();
    for (Value item : items) {
      boolean plain =
          switch (item) {
            case Value.Bool _,
                Value.Int _,
                Value.Uint _,
                Value.Real _,
                Value.Text _,
                Value.Nothing _ ->
                true;
            case Value.Bytes _,
                Value.Items _,
                Value.Fields _,
                Value.Span _,
                Value.Moment _,
                Value.Amount _,
                Value.Maybe _,
                Value.Type _ ->
                false;
          };
      if (!plain) {
        return null;
      }
      set.add(Comparison.normal(item));
    }
    return new Step.Member(value, set);
  }

  private Step list(List<Expression.Item> items) {
    List<Step> steps = items.stream().map(item -> step(item.value())).toList();
    List<Boolean> optional = items.stream().map(Expression.Item::optional).toList();
    Step list = new Step.ListOf(steps, optional);
    return constants(steps) ? computed(list) : list;
  }

  private Step map(List<Expression.Entry> entries) {
    List<Step> keys = entries.stream().map(entry -> step(entry.key())).toList();
    List<Step> values = entries.stream().map(entry -> step(entry.value())).toList();
    List<Boolean> optional = entries.stream().map(Expression.Entry::optional).toList();
    Step map = new Step.MapOf(keys, values, optional);
    return constants(keys) && constants(values) ? computed(map) : map;
  }

  /// Gives a name a slot while its part of the expression is planned.
  private Map<String, Integer> enter(@Nullable String... names) {
    Map<String, Integer> outer = new LinkedHashMap<>();
    for (String name : names) {
      if (name != null) {
        outer.put(name, slots.getOrDefault(name, -1));
        slots.put(name, next++);
      }
    }
    most = Math.max(most, next);
    return outer;
  }

  private void leave(Map<String, Integer> outer) {
    next -= outer.size();
    outer.forEach((name, slot) -> {
      if (slot < 0) {
        slots.remove(name);
      } else {
        slots.put(name, slot);
      }
    });
  }

  private int slot(@Nullable String name) {
    return name == null ? -1 : slots.getOrDefault(name, -1);
  }

  private Step fold(Expression.Fold fold) {
    Step range = step(fold.range());
    Map<String, Integer> outer = enter(fold.first(), fold.second());
    Expression filter = fold.filter();
    Step body = step(fold.body());
    Loop loop =
        new Loop(
            fold.macro(),
            range,
            slot(fold.first()),
            slot(fold.second()),
            filter == null ? null : step(filter),
            body,
            body instanceof Step.Literal);
    leave(outer);
    return loop;
  }

  private Step bind(Expression.Bind bind) {
    Step value = step(bind.value());
    Map<String, Integer> outer = enter(bind.name());
    int slot = slot(bind.name());
    used.clear(slot);
    Step result = step(bind.result());
    // A value that nobody asks for is not made.
    Step bound = used.get(slot) ? new Step.Bind(slot, value, result) : result;
    leave(outer);
    return bound;
  }
}
