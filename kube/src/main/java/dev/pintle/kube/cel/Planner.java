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

/// The maker of the steps of an expression. What is known beforehand is computed now: lists and maps of constants,
/// conversions of constants, patterns.
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
  private final Environment environment;
  private final Map<String, Integer> slots = new HashMap<>();
  private final BitSet used = new BitSet();
  private int next;
  private int most;

  private Planner(Checked checked, Environment environment) {
    this.checked = checked;
    this.environment = environment;
    environment.variables().keySet().forEach(variable -> slots.put(variable, next++));
    most = next;
  }

  /// An expression ready to run.
  ///
  /// @param slots how many values a run holds at once
  record Plan(Interpretable step, int slots) {}

  /// @param environment in which the expression was checked
  /// @throws CelException of something that is known beforehand and is wrong
  static Plan plan(Checked checked, Environment environment) {
    Planner planner = new Planner(checked, environment);
    Interpretable step = planner.step(checked.expression());
    return new Plan(step, planner.most);
  }

  private Interpretable step(Expression expression) {
    String typeName = checked.typeNames().get(expression);
    if (typeName != null) {
      if (!Environment.TYPES.containsKey(typeName) && !WellKnownMessages.isNamed(typeName)) {
        throw new CelException("reference to undefined type: " + typeName);
      }
      return new Interpretable.Literal(new Value.Type(typeName));
    }
    return switch (expression) {
      case Expression.Constant(_, Value value) -> new Interpretable.Literal(value);
      case Expression.Ident(_, String name) -> variable(name);
      case Expression.Select select when checked.functions().get(select) instanceof String name ->
          variable(name);
      case Expression.Select(_, Expression operand, String field, boolean optional) ->
          new Interpretable.FieldOf(step(operand), key(operand, field), !optional);
      case Expression.Presence(_, Expression operand, String field) ->
          new Interpretable.Presence(step(operand), key(operand, field));
      case Expression.Index(_, Expression operand, Expression index, boolean optional) ->
          new Interpretable.IndexOf(step(operand), indexStep(index), !optional);
      case Expression.Conditional(_, Expression condition, Expression yes, Expression no) ->
          new Interpretable.Conditional(step(condition), step(yes), step(no));
      case Expression.LogicalChain(_, boolean any, List<Expression> terms) ->
          new Interpretable.LogicalChain(any, terms.stream().map(this::step).toList());
      case Expression.Call call -> call(call);
      case Expression.ListOf(_, List<Expression.Item> items) -> list(items);
      case Expression.MapOf(_, List<Expression.Entry> entries) -> map(entries);
      case Expression.StructOf(_, String name, List<Expression.Initializer> fields) ->
          new Interpretable.MessageOf(
              DottedName.plain(name),
              fields.stream().map(Expression.Initializer::name).toList(),
              fields.stream().map(field -> step(field.value())).toList(),
              fields.stream().map(Expression.Initializer::optional).toList());
      case Expression.Comprehension fold -> fold(fold);
      case Expression.Bind bind -> bind(bind);
    };
  }

  private Interpretable indexStep(Expression index) {
    Interpretable step = step(index);
    if (step instanceof Interpretable.Literal(Value known)) {
      Chain.requireIndex(known);
    }
    return step;
  }

  private Interpretable variable(String name) {
    int slot = slots.getOrDefault(DottedName.plain(name), 0);
    used.set(slot);
    return new Interpretable.Variable(name, slot);
  }

  /// Names of fields of objects are written with escapes, keys of maps are not.
  private Value.Text key(Expression operand, String field) {
    CelType holder = checked.type(operand).unwrapped();
    boolean object = holder.kind() == CelType.Kind.STRUCT;
    return new Value.Text(object ? Escapes.unescape(field) : field);
  }

  private Interpretable call(Expression.Call call) {
    String function = checked.functions().getOrDefault(call, call.function());
    List<Interpretable> arguments = new ArrayList<>();
    if (call.target() != null && !checked.functions().containsKey(call)) {
      arguments.add(step(call.target()));
    }
    call.arguments().forEach(argument -> arguments.add(step(argument)));
    String overload = checked.overload(call);
    if (function.equals("or") || function.equals("orValue")) {
      return new Interpretable.Otherwise(
          arguments.getFirst(), arguments.getLast(), function.equals("orValue"));
    }
    if (overload.equals("in_list")
        && arguments.getLast()
            instanceof Interpretable.Literal(Value.ListValue(List<Value> items))) {
      Interpretable known = member(arguments.getFirst(), items);
      if (known != null) {
        return known;
      }
    }
    String pattern = pattern(function, arguments);
    Functions.Implementation implementation = environment.implementation(function, pattern);
    Interpretable step =
        new Interpretable.Call(
            function, CallCosts.of(function, overload), implementation, arguments, pattern == null);
    return CONVERSIONS.contains(function) && constants(arguments) ? computed(step) : step;
  }

  private static Interpretable computed(Interpretable step) {
    return new Interpretable.Literal(step.run(new Activation(new Value[0], Effort.FULL)));
  }

  private static boolean constants(List<Interpretable> steps) {
    return steps.stream().allMatch(Interpretable.Literal.class::isInstance);
  }

  /// The pattern that a call is always made with, null when it may be another each time.
  private static @Nullable String pattern(String function, List<Interpretable> arguments) {
    boolean takesPattern =
        function.equals("matches") || function.equals("find") || function.equals("findAll");
    return takesPattern
            && arguments.get(1) instanceof Interpretable.Literal(Value.Text(String text))
        ? text
        : null;
  }

  private static @Nullable Interpretable member(Interpretable value, List<Value> items) {
    if (items.isEmpty()) {
      return new Interpretable.Literal(Constants.FALSE);
    }
    Set<Value> set = new HashSet<>();
    for (Value item : items) {
      boolean plain =
          switch (item) {
            case Value.Bool _, Value.Int _, Value.Uint _, Value.DoubleValue _, Value.Text _ -> true;
            case Value.NullValue _,
                Value.Bytes _,
                Value.ListValue _,
                Value.MapValue _,
                Value.DurationValue _,
                Value.TimestampValue _,
                Value.QuantityValue _,
                Value.Extension _,
                Value.OptionalValue _,
                Value.Type _ ->
                false;
          };
      if (!plain) {
        return null;
      }
      set.add(ValueComparison.normal(item));
    }
    return new Interpretable.Member(value, set);
  }

  private Interpretable list(List<Expression.Item> items) {
    List<Interpretable> steps = items.stream().map(item -> step(item.value())).toList();
    List<Boolean> optional = items.stream().map(Expression.Item::optional).toList();
    Interpretable list = new Interpretable.ListOf(steps, optional);
    return constants(steps) ? computed(list) : list;
  }

  private Interpretable map(List<Expression.Entry> entries) {
    List<Interpretable> keys = entries.stream().map(entry -> step(entry.key())).toList();
    List<Interpretable> values = entries.stream().map(entry -> step(entry.value())).toList();
    List<Boolean> optional = entries.stream().map(Expression.Entry::optional).toList();
    Interpretable map = new Interpretable.MapOf(keys, values, optional);
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

  private Interpretable fold(Expression.Comprehension fold) {
    Interpretable range = step(fold.range());
    Map<String, Integer> outer = enter(fold.first(), fold.second());
    Expression filter = fold.filter();
    Interpretable body = step(fold.body());
    ComprehensionLoop loop =
        new ComprehensionLoop(
            fold.macro(),
            range,
            slot(fold.first()),
            slot(fold.second()),
            filter == null ? null : step(filter),
            body,
            body instanceof Interpretable.Literal);
    leave(outer);
    return loop;
  }

  private Interpretable bind(Expression.Bind bind) {
    Interpretable value = step(bind.value());
    Map<String, Integer> outer = enter(bind.name());
    int slot = slot(bind.name());
    used.clear(slot);
    Interpretable result = step(bind.result());
    // A value that nobody asks for is not made.
    Interpretable bound = used.get(slot) ? new Interpretable.Bind(slot, value, result) : result;
    leave(outer);
    return bound;
  }
}
