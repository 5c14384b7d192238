package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Estimates what an expression costs at most, from how large the values of its schema can be. What a definition may hold is
/// decided by it, so every figure, also the odd one, is upstream's.
final class Estimator {
  static final Extent LIST_COST = Extent.of(10);
  private static final Extent MAP_COST = Extent.of(30);

  private final Checked checked;
  private final Declared root;
  private final CallEstimates calls = new CallEstimates(this);
  private final IdentityHashMap<Expression, List<String>> paths = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Extent> sizes = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Entries> entries = new IdentityHashMap<>();
  private final Map<String, Deque<Local>> locals = new HashMap<>();

  /// How large the keys and the values of what an expression makes are.
  record Entries(Kind container, Extent key, Extent value) {
    static @Nullable Entries covering(@Nullable Entries one, @Nullable Entries other) {
      return one == null || other == null
          ? null
          : new Entries(one.container, one.key.or(other.key), one.value.or(other.value));
    }
  }

  private record Local(List<String> path, @Nullable Extent size, @Nullable Entries entries) {}

  private Estimator(Checked checked, Declared root) {
    this.checked = checked;
    this.root = root;
  }

  /// @param root the type of `self`
  /// @return unsigned
  static long worst(Checked checked, Declared root) {
    return new Estimator(checked, root).cost(checked.expression()).most();
  }

  private Extent cost(Expression expression) {
    return switch (expression) {
      case Expression.Constant _ -> Extent.NONE;
      case Expression.Name name -> name(name);
      case Expression.Select select -> select(select);
      case Expression.Presence presence -> cost(presence.operand());
      case Expression.Index index -> index(index);
      case Expression.Call call -> call(call);
      case Expression.Choice choice -> choice(choice);
      case Expression.Logic logic -> logic(logic);
      case Expression.ListOf list -> list(list);
      case Expression.MapOf map -> map(map);
      case Expression.Fold fold -> fold(fold);
      case Expression.Bind bind -> bind(bind);
    };
  }

  private @Nullable Local local(String name) {
    Deque<Local> known = locals.get(name);
    return known == null ? null : known.peek();
  }

  private void enter(String name, Local local) {
    locals.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(local);
  }

  private void leave(String name) {
    Deque<Local> known = locals.get(name);
    if (known != null) {
      known.pop();
    }
  }

  private Extent name(Expression.Name name) {
    Local local = local(name.name());
    paths.put(name, local != null ? local.path() : List.of(name.name()));
    return Extent.ONE;
  }

  List<String> path(Expression expression) {
    if (expression instanceof Expression.Name(_, String name)
        && local(name) instanceof Local local) {
      return local.path();
    }
    return paths.getOrDefault(expression, List.of());
  }

  static List<String> under(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private Extent select(Expression.Select select) {
    if (checked.typeNames().get(select) instanceof String name) {
      paths.put(select, List.of(name));
      return Extent.ONE;
    }
    Extent cost = cost(select.operand());
    if (select.optional()) {
      return cost.plus(Extent.ONE);
    }
    Kind kind = checked.type(select.operand()).kind();
    boolean counts = kind == Kind.MAP || kind == Kind.STRUCT || kind == Kind.PARAMETER;
    paths.put(select, under(path(select.operand()), select.field()));
    return counts ? cost.plus(Extent.ONE) : cost;
  }

  private Extent index(Expression.Index index) {
    Extent cost = cost(index.operand()).plus(cost(index.index())).plus(Extent.ONE);
    Extent result = null;
    for (String overload : checked.overloadsOf(index)) {
      boolean ofList = overload.equals("index_list");
      if (ofList || overload.equals("index_map")) {
        Entries held = entries(index.operand());
        result = held == null ? null : held.value();
        paths.put(index, under(path(index.operand()), ofList ? "@items" : "@values"));
      }
      result = result == null ? size(index) : result;
    }
    remember(index, result);
    return cost;
  }

  private Extent call(Expression.Call call) {
    if (call.function().equals("dyn") && call.target() == null) {
      Expression argument = call.arguments().getFirst();
      Extent cost = cost(argument);
      remember(call, size(argument));
      remember(call, entries(argument));
      return cost.plus(Extent.ONE);
    }
    Extent cost = Extent.NONE;
    List<Part> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      cost = cost.plus(cost(argument));
      arguments.add(part(argument));
    }
    Expression target = checked.functions().containsKey(call) ? null : call.target();
    Part on = null;
    if (target != null) {
      cost = cost.plus(cost(target));
      on = part(target);
    }
    String function = checked.functions().getOrDefault(call, call.function());
    return cost.plus(overloads(call, function, on, arguments));
  }

  /// What covers all forms that can be meant.
  private Extent overloads(
      Expression.Call call, String function, @Nullable Part target, List<Part> arguments) {
    Extent cost = new Extent(Extent.MOST, 0);
    Extent result = null;
    for (String overload : checked.overloadsOf(call)) {
      CallEstimate estimate = calls.of(function, overload, target, arguments);
      if (overload.startsWith("add_")) {
        remember(
            call,
            Entries.covering(
                entries(call.arguments().getFirst()), entries(call.arguments().getLast())));
      }
      cost = cost.or(estimate.cost());
      Extent made = estimate.resultSize();
      if (made != null) {
        result = result == null ? made : result.or(made);
      }
      result = result == null ? size(call) : result;
    }
    remember(call, result);
    return cost;
  }

  private Part part(Expression expression) {
    List<String> path = path(expression);
    boolean gathered = !path.isEmpty() && path.getFirst().equals(Macros.ACCUMULATOR);
    return new Part(
        expression, gathered ? List.of() : path, checked.type(expression), size(expression));
  }

  private Extent choice(Expression.Choice choice) {
    Extent condition = cost(choice.condition());
    Extent yes = cost(choice.yes());
    Extent no = cost(choice.no());
    remember(choice, Entries.covering(entries(choice.yes()), entries(choice.no())));
    remember(choice, sizeOrUnknown(choice.yes()).or(sizeOrUnknown(choice.no())));
    return condition.plus(yes.or(no));
  }

  private Extent logic(Expression.Logic logic) {
    Extent first = cost(logic.terms().getFirst());
    Extent all = first;
    for (Expression term : logic.terms().subList(1, logic.terms().size())) {
      all = all.plus(cost(term));
    }
    return new Extent(first.least(), all.most());
  }

  private static Extent none(boolean empty) {
    return empty ? Extent.NONE : new Extent(Extent.MOST, 0);
  }

  private Extent list(Expression.ListOf list) {
    Extent cost = LIST_COST;
    Extent items = none(list.items().isEmpty());
    for (Expression.Item item : list.items()) {
      cost = cost.plus(cost(item.value()));
      items = items.or(sizeOrUnknown(item.value()));
    }
    entries.put(list, new Entries(Kind.LIST, Extent.ONE, items));
    return cost;
  }

  private Extent map(Expression.MapOf map) {
    Extent cost = MAP_COST;
    Extent keys = none(map.entries().isEmpty());
    Extent values = keys;
    for (Expression.Entry entry : map.entries()) {
      cost = cost.plus(cost(entry.key())).plus(cost(entry.value()));
      keys = keys.or(sizeOrUnknown(entry.key()));
      values = values.or(sizeOrUnknown(entry.value()));
    }
    entries.put(map, new Entries(Kind.MAP, keys, values));
    return cost;
  }

  private Extent fold(Expression.Fold fold) {
    Expression.Expansion loop = fold.expansion();
    Extent before = cost(fold.range()).plus(cost(loop.start()));
    enter(
        Macros.ACCUMULATOR,
        new Local(path(loop.start()), size(loop.start()), entries(loop.start())));
    enterItems(fold);
    Extent each = cost(loop.condition()).plus(cost(loop.step()));
    leave(fold.first());
    if (fold.second() instanceof String second) {
      leave(second);
    }
    Extent result = cost(loop.result());
    leave(Macros.ACCUMULATOR);
    Extent count = sizeOrUnknown(fold.range());
    if (loop.start() instanceof Expression.Constant) {
      remember(fold, size(loop.start()));
    } else {
      sizes.put(fold, count);
      remember(fold, entries(loop.step()));
    }
    return before.plus(result).plus(count.times(each));
  }

  private void enterItems(Expression.Fold fold) {
    Entries held = entries(fold.range());
    List<String> path = path(fold.range());
    Kind container = held == null ? checked.type(fold.range()).kind() : held.container();
    boolean list = container == Kind.LIST;
    Extent keys = held == null ? null : held.key();
    Extent values = held == null ? null : held.value();
    String second = fold.second();
    if (second == null) {
      Local item =
          list
              ? new Local(under(path, "@items"), values, null)
              : new Local(under(path, "@keys"), keys, null);
      enter(fold.first(), item);
      return;
    }
    enter(fold.first(), new Local(under(path, list ? "@indices" : "@keys"), keys, null));
    enter(second, new Local(under(path, list ? "@items" : "@values"), values, null));
  }

  private Extent bind(Expression.Bind bind) {
    Extent value = LIST_COST.plus(cost(bind.value()));
    enter(bind.name(), new Local(path(bind.value()), size(bind.value()), entries(bind.value())));
    Extent result = cost(bind.result());
    remember(bind, size(bind.result()));
    remember(bind, entries(bind.result()));
    leave(bind.name());
    return value.plus(result);
  }

  private void remember(Expression expression, @Nullable Extent size) {
    if (size != null) {
      sizes.put(expression, size);
    }
  }

  private void remember(Expression expression, @Nullable Entries held) {
    if (held != null) {
      entries.put(expression, held);
    }
  }

  private Extent sizeOrUnknown(Expression expression) {
    Extent size = size(expression);
    return size == null ? Extent.UNKNOWN : size;
  }

  private @Nullable Extent size(Expression expression) {
    Extent known = sizes.get(expression);
    if (known == null) {
      known = ownSize(expression);
    }
    if (known == null) {
      known = declaredSize(path(expression));
      remember(expression, known);
    }
    if (known == null && checked.type(expression).isScalar()) {
      known = Extent.ONE;
    }
    if (known == null
        && expression instanceof Expression.Name(_, String name)
        && local(name) instanceof Local local) {
      known = local.size();
    }
    return known;
  }

  private static @Nullable Extent ownSize(Expression expression) {
    return switch (expression) {
      case Expression.Constant(_, Value value) -> Extent.of(CallCosts.size(value));
      case Expression.ListOf list -> Extent.of(list.items().size());
      case Expression.MapOf map -> Extent.of(map.entries().size());
      default -> null;
    };
  }

  /// How large what stands at a path can be. The first step is not looked at: whatever it is, the rest is looked for in
  /// `self`.
  @Nullable Extent declaredSize(List<String> path) {
    if (path.isEmpty()) {
      return null;
    }
    Declared at = root;
    for (String step : path.subList(1, path.size())) {
      Declared next =
          switch (step) {
            case "@items", "@values" -> at.element();
            case "@keys" -> at.key();
            default -> at.fields().get(step);
          };
      if (next == null) {
        return null;
      }
      at = next;
    }
    return new Extent(0, at.maxElements());
  }

  private @Nullable Entries entries(Expression expression) {
    Entries known = entries.get(expression);
    if (known == null
        && expression instanceof Expression.Name(_, String name)
        && local(name) instanceof Local local) {
      return local.entries();
    }
    return known;
  }
}
