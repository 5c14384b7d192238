package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import dev.pintle.kube.cel.LocalEstimates.Local;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The estimator of what an expression costs at most, from how large the values of its schema can be. What a definition
/// may hold is decided by it, so every figure, also the odd one, is upstream's.
final class Estimator {
  static final SizeEstimate LIST_COST = SizeEstimate.of(10);
  private static final SizeEstimate MAP_COST = SizeEstimate.of(30);
  private static final SizeEstimate STRUCT_COST = SizeEstimate.of(40);

  private final Checked checked;
  private final DeclType root;
  private final CallEstimates calls = new CallEstimates(this);
  private final IdentityHashMap<Expression, List<String>> paths = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, SizeEstimate> sizes = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, EntrySizes> entries = new IdentityHashMap<>();
  private final LocalEstimates locals = new LocalEstimates();

  private Estimator(Checked checked, DeclType root) {
    this.checked = checked;
    this.root = root;
  }

  /// @param root the type of `self`
  /// @return unsigned
  static long worst(Checked checked, DeclType root) {
    return new Estimator(checked, root).cost(checked.expression()).most();
  }

  private SizeEstimate cost(Expression expression) {
    return switch (expression) {
      case Expression.Constant _ -> SizeEstimate.NONE;
      case Expression.Ident name -> name(name);
      case Expression.Select select -> select(select);
      case Expression.Presence presence -> cost(presence.operand());
      case Expression.Index index -> index(index);
      case Expression.Call call -> call(call);
      case Expression.Conditional choice -> choice(choice);
      case Expression.LogicalChain logic -> logic(logic);
      case Expression.ListOf list -> list(list);
      case Expression.MapOf map -> map(map);
      case Expression.StructOf struct -> struct(struct);
      case Expression.Comprehension fold -> fold(fold);
      case Expression.Bind bind -> bind(bind);
    };
  }

  private SizeEstimate name(Expression.Ident name) {
    Local local = locals.of(name);
    paths.put(name, local != null ? local.path() : List.of(name.name()));
    return SizeEstimate.ONE;
  }

  List<String> path(Expression expression) {
    Local local = locals.of(expression);
    return local != null ? local.path() : paths.getOrDefault(expression, List.of());
  }

  private SizeEstimate select(Expression.Select select) {
    if (checked.typeNames().get(select) instanceof String name) {
      paths.put(select, List.of(name));
      return SizeEstimate.ONE;
    }
    SizeEstimate cost = cost(select.operand());
    if (select.optional()) {
      return cost.plus(SizeEstimate.ONE);
    }
    Kind kind = checked.type(select.operand()).kind();
    boolean counts = kind == Kind.MAP || kind == Kind.STRUCT || kind == Kind.PARAMETER;
    paths.put(select, LocalEstimates.under(path(select.operand()), select.field()));
    return counts ? cost.plus(SizeEstimate.ONE) : cost;
  }

  private SizeEstimate index(Expression.Index index) {
    SizeEstimate cost = cost(index.operand()).plus(cost(index.index())).plus(SizeEstimate.ONE);
    SizeEstimate result = null;
    for (String overload : checked.overloadsOf(index)) {
      boolean ofList = overload.equals("index_list");
      if (ofList || overload.equals("index_map")) {
        EntrySizes held = entries(index.operand());
        result = held == null ? null : held.value();
        paths.put(
            index, LocalEstimates.under(path(index.operand()), ofList ? "@items" : "@values"));
      }
      result = result == null ? size(index) : result;
    }
    remember(index, result);
    return cost;
  }

  private SizeEstimate call(Expression.Call call) {
    if (call.function().equals("dyn") && call.target() == null) {
      Expression argument = call.arguments().getFirst();
      SizeEstimate cost = cost(argument);
      remember(call, size(argument));
      remember(call, entries(argument));
      return cost.plus(SizeEstimate.ONE);
    }
    SizeEstimate cost = SizeEstimate.NONE;
    List<EstimatedNode> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      cost = cost.plus(cost(argument));
      arguments.add(part(argument));
    }
    Expression target = checked.functions().containsKey(call) ? null : call.target();
    EstimatedNode on = null;
    if (target != null) {
      cost = cost.plus(cost(target));
      on = part(target);
    }
    String function = checked.functions().getOrDefault(call, call.function());
    return cost.plus(overloads(call, function, on, arguments));
  }

  /// What covers all forms that can be meant.
  private SizeEstimate overloads(
      Expression.Call call,
      String function,
      @Nullable EstimatedNode target,
      List<EstimatedNode> arguments) {
    SizeEstimate cost = new SizeEstimate(SizeEstimate.MOST, 0);
    SizeEstimate result = null;
    for (String overload : checked.overloadsOf(call)) {
      CallEstimate estimate = calls.of(function, overload, target, arguments);
      if (overload.startsWith("add_")) {
        remember(
            call,
            EntrySizes.covering(
                entries(call.arguments().getFirst()), entries(call.arguments().getLast())));
      }
      cost = cost.or(estimate.cost());
      SizeEstimate made = estimate.resultSize();
      if (made != null) {
        result = result == null ? made : result.or(made);
      }
      result = result == null ? size(call) : result;
    }
    remember(call, result);
    return cost;
  }

  private EstimatedNode part(Expression expression) {
    List<String> path = path(expression);
    boolean gathered = !path.isEmpty() && path.getFirst().equals(Macros.ACCUMULATOR);
    return new EstimatedNode(
        expression, gathered ? List.of() : path, checked.type(expression), size(expression));
  }

  private SizeEstimate choice(Expression.Conditional choice) {
    SizeEstimate condition = cost(choice.condition());
    SizeEstimate yes = cost(choice.yes());
    SizeEstimate no = cost(choice.no());
    remember(choice, EntrySizes.covering(entries(choice.yes()), entries(choice.no())));
    remember(choice, sizeOrUnknown(choice.yes()).or(sizeOrUnknown(choice.no())));
    return condition.plus(yes.or(no));
  }

  private SizeEstimate logic(Expression.LogicalChain logic) {
    SizeEstimate first = cost(logic.terms().getFirst());
    SizeEstimate all = first;
    for (Expression term : logic.terms().subList(1, logic.terms().size())) {
      all = all.plus(cost(term));
    }
    return new SizeEstimate(first.least(), all.most());
  }

  private static SizeEstimate none(boolean empty) {
    return empty ? SizeEstimate.NONE : new SizeEstimate(SizeEstimate.MOST, 0);
  }

  private SizeEstimate list(Expression.ListOf list) {
    SizeEstimate cost = LIST_COST;
    SizeEstimate items = none(list.items().isEmpty());
    for (Expression.Item item : list.items()) {
      cost = cost.plus(cost(item.value()));
      items = items.or(sizeOrUnknown(item.value()));
    }
    entries.put(list, new EntrySizes(Kind.LIST, SizeEstimate.ONE, items));
    return cost;
  }

  private SizeEstimate map(Expression.MapOf map) {
    SizeEstimate cost = MAP_COST;
    SizeEstimate keys = none(map.entries().isEmpty());
    SizeEstimate values = keys;
    for (Expression.Entry entry : map.entries()) {
      cost = cost.plus(cost(entry.key())).plus(cost(entry.value()));
      keys = keys.or(sizeOrUnknown(entry.key()));
      values = values.or(sizeOrUnknown(entry.value()));
    }
    entries.put(map, new EntrySizes(Kind.MAP, keys, values));
    return cost;
  }

  private SizeEstimate struct(Expression.StructOf struct) {
    SizeEstimate cost = STRUCT_COST;
    for (Expression.Initializer field : struct.fields()) {
      cost = cost.plus(cost(field.value()));
    }
    return cost;
  }

  private SizeEstimate fold(Expression.Comprehension fold) {
    Expression.Expansion loop = fold.expansion();
    SizeEstimate before = cost(fold.range()).plus(cost(loop.start()));
    locals.enter(
        Macros.ACCUMULATOR,
        new Local(path(loop.start()), size(loop.start()), entries(loop.start())));
    EntrySizes held = entries(fold.range());
    Kind container = held == null ? checked.type(fold.range()).kind() : held.container();
    locals.enterItems(fold, path(fold.range()), held, container);
    SizeEstimate each = cost(loop.condition()).plus(cost(loop.step()));
    locals.leave(fold.first());
    if (fold.second() instanceof String second) {
      locals.leave(second);
    }
    SizeEstimate result = cost(loop.result());
    locals.leave(Macros.ACCUMULATOR);
    SizeEstimate count = sizeOrUnknown(fold.range());
    if (loop.start() instanceof Expression.Constant) {
      remember(fold, size(loop.start()));
    } else {
      sizes.put(fold, count);
      remember(fold, entries(loop.step()));
    }
    return before.plus(result).plus(count.times(each));
  }

  private SizeEstimate bind(Expression.Bind bind) {
    SizeEstimate value = LIST_COST.plus(cost(bind.value()));
    locals.enter(
        bind.name(), new Local(path(bind.value()), size(bind.value()), entries(bind.value())));
    SizeEstimate result = cost(bind.result());
    remember(bind, size(bind.result()));
    remember(bind, entries(bind.result()));
    locals.leave(bind.name());
    return value.plus(result);
  }

  private void remember(Expression expression, @Nullable SizeEstimate size) {
    if (size != null) {
      sizes.put(expression, size);
    }
  }

  private void remember(Expression expression, @Nullable EntrySizes held) {
    if (held != null) {
      entries.put(expression, held);
    }
  }

  private SizeEstimate sizeOrUnknown(Expression expression) {
    SizeEstimate size = size(expression);
    return size == null ? SizeEstimate.UNKNOWN : size;
  }

  private @Nullable SizeEstimate size(Expression expression) {
    SizeEstimate known = sizes.get(expression);
    if (known == null) {
      known = ownSize(expression);
    }
    if (known == null) {
      known = declaredSize(path(expression));
      remember(expression, known);
    }
    if (known == null && checked.type(expression).isScalar()) {
      known = SizeEstimate.ONE;
    }
    return known == null && locals.of(expression) instanceof Local local ? local.size() : known;
  }

  private static @Nullable SizeEstimate ownSize(Expression expression) {
    return switch (expression) {
      case Expression.Constant(_, Value value) -> SizeEstimate.of(CallCosts.size(value));
      case Expression.ListOf list -> SizeEstimate.of(list.items().size());
      case Expression.MapOf map -> SizeEstimate.of(map.entries().size());
      case Expression.Ident _,
          Expression.Select _,
          Expression.Presence _,
          Expression.Index _,
          Expression.Call _,
          Expression.Conditional _,
          Expression.LogicalChain _,
          Expression.StructOf _,
          Expression.Comprehension _,
          Expression.Bind _ ->
          null;
    };
  }

  /// How large what stands at a path can be. The first step is not looked at: whatever it is, the rest is looked for in
  /// `self`.
  @Nullable SizeEstimate declaredSize(List<String> path) {
    if (path.isEmpty()) {
      return null;
    }
    DeclType at = root;
    for (String step : path.subList(1, path.size())) {
      DeclType next =
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
    return new SizeEstimate(0, at.maxElements());
  }

  private @Nullable EntrySizes entries(Expression expression) {
    EntrySizes known = entries.get(expression);
    return known == null && locals.of(expression) instanceof Local local ? local.entries() : known;
  }
}
