package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Expression.Expansion;
import dev.pintle.kube.cel.Expression.Item;
import dev.pintle.kube.cel.Expression.Macro;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The macros: calls that stand for loops. What a loop costs is told of what it stands for, so each has its expansion
/// beside it.
final class Macros {
  /// The name of what a loop has gathered; no text can say it.
  static final String ACCUMULATOR = "@result";

  // What was gathered had a name once that texts can say.
  private static final String OLD_ACCUMULATOR = "__result__";
  private static final String SORTED = "@__sortBy_input__";

  private final int at;
  private final Expression target;
  private final List<Expression> arguments;

  private Macros(int at, Expression target, List<Expression> arguments) {
    this.at = at;
    this.target = target;
    this.arguments = arguments;
  }

  /// What a call on something stands for, null when it is no macro.
  static @Nullable Expression expand(
      int at, String function, Expression target, List<Expression> arguments) {
    Macros macros = new Macros(at, target, arguments);
    return switch (function + "/" + arguments.size()) {
      case "all/2" -> macros.quantifier(Macro.ALL, false);
      case "all/3" -> macros.quantifier(Macro.ALL, true);
      case "exists/2" -> macros.quantifier(Macro.EXISTS, false);
      case "exists/3" -> macros.quantifier(Macro.EXISTS, true);
      case "exists_one/2" -> macros.quantifier(Macro.EXISTS_ONE, false);
      case "exists_one/3", "existsOne/3" -> macros.quantifier(Macro.EXISTS_ONE, true);
      case "map/2" -> macros.map(macros.variable(), null, 1);
      case "map/3" -> macros.map(macros.variable(), null, 2);
      case "filter/2" -> macros.filter();
      case "transformList/3", "transformList/4" -> {
        String second = macros.pair();
        yield macros.map(macros.simpleName(0), second, arguments.size() - 1);
      }
      case "transformMap/3", "transformMap/4" -> macros.transformMap();
      case "transformMapEntry/3", "transformMapEntry/4" -> macros.transformMapEntry();
      case "sortBy/2" -> macros.sortBy();
      case "optMap/2" -> macros.optional("optMap");
      case "optFlatMap/2" -> macros.optional("optFlatMap");
      default -> null;
    };
  }

  /// What a call `has(a.b)` stands for, null for another call.
  ///
  /// @throws CelException when something else than a field is asked for
  static @Nullable Expression presence(int at, String function, List<Expression> arguments) {
    if (!function.equals("has") || arguments.size() != 1) {
      return null;
    }
    if (arguments.getFirst()
            instanceof Expression.Select(_, Expression operand, String field, boolean optional)
        && !optional) {
      return new Expression.Presence(at, operand, field);
    }
    throw new CelException("invalid argument to has() macro", arguments.getFirst().at());
  }

  /// Whether a call is `cel.bind(NAME, VALUE, RESULT)`, which only some expressions know.
  static boolean isBinding(String function, Expression target, List<Expression> arguments) {
    return function.equals("bind")
        && arguments.size() == 3
        && target instanceof Expression.Ident(_, String name)
        && name.equals("cel");
  }

  static Expression binding(int at, List<Expression> arguments) {
    if (!(arguments.getFirst() instanceof Expression.Ident(_, String name))) {
      throw new CelException(
          "cel.bind() variable names must be simple identifiers", arguments.getFirst().at());
    }
    return new Expression.Bind(at, name, arguments.get(1), arguments.getLast());
  }

  private String single(String otherwise) {
    Expression first = arguments.getFirst();
    if (!(first instanceof Expression.Ident(_, String name))) {
      throw new CelException(otherwise, first.at());
    }
    return name;
  }

  private String variable() {
    return free(0, single("argument is not an identifier"));
  }

  private String simpleName(int position) {
    Expression argument = arguments.get(position);
    if (!(argument instanceof Expression.Ident(_, String name))) {
      throw new CelException("argument must be a simple name", argument.at());
    }
    return name;
  }

  private String free(int position, String name) {
    if (name.equals(OLD_ACCUMULATOR)) {
      throw new CelException(
          "iteration variable overwrites accumulator variable", arguments.get(position).at());
    }
    return name;
  }

  /// The second of two names.
  private String pair() {
    String first = simpleName(0);
    String second = simpleName(1);
    if (first.equals(second)) {
      throw new CelException("duplicate variable name: " + first, arguments.get(1).at());
    }
    free(0, first);
    return free(1, second);
  }

  private Expression accumulator() {
    return new Expression.Ident(at, ACCUMULATOR);
  }

  private Expression constant(Value value) {
    return new Expression.Constant(at, value);
  }

  private Expression call(String function, Expression... given) {
    return new Expression.Call(at, function, null, List.of(given));
  }

  private Expression quantifier(Macro macro, boolean two) {
    String second = two ? pair() : null;
    String first = free(0, simpleName(0));
    Expression body = arguments.getLast();
    Expansion expansion =
        switch (macro) {
          case ALL ->
              new Expansion(
                  constant(Constants.TRUE),
                  call("@not_strictly_false", accumulator()),
                  new Expression.LogicalChain(at, false, List.of(accumulator(), body)),
                  accumulator());
          case EXISTS ->
              new Expansion(
                  constant(Constants.FALSE),
                  call("@not_strictly_false", call("!_", accumulator())),
                  new Expression.LogicalChain(at, true, List.of(accumulator(), body)),
                  accumulator());
          case EXISTS_ONE, MAP, FILTER, TRANSFORM_MAP, TRANSFORM_MAP_ENTRY ->
              new Expansion(
                  constant(Value.of(0)),
                  constant(Constants.TRUE),
                  new Expression.Conditional(
                      at, body, call("_+_", accumulator(), constant(Value.of(1))), accumulator()),
                  call("_==_", accumulator(), constant(Value.of(1))));
        };
    return new Expression.Comprehension(at, macro, target, first, second, null, body, expansion);
  }

  private Expression map(String first, @Nullable String second, int bodyAt) {
    Expression body = arguments.get(bodyAt);
    boolean filtered = bodyAt > (second == null ? 1 : 2);
    Expression filter = filtered ? arguments.get(bodyAt - 1) : null;
    return gathering(Macro.MAP, first, second, filter, body);
  }

  private Expression filter() {
    String name = variable();
    return gathering(Macro.FILTER, name, null, arguments.getLast(), arguments.getFirst());
  }

  private Expression gathering(
      Macro macro,
      String first,
      @Nullable String second,
      @Nullable Expression filter,
      Expression body) {
    Expression taken =
        call("_+_", accumulator(), new Expression.ListOf(at, List.of(new Item(body, false))));
    Expansion expansion =
        new Expansion(
            new Expression.ListOf(at, List.of()),
            constant(Constants.TRUE),
            when(filter, taken),
            accumulator());
    return new Expression.Comprehension(at, macro, target, first, second, filter, body, expansion);
  }

  private Expression when(@Nullable Expression filter, Expression step) {
    return filter == null ? step : new Expression.Conditional(at, filter, step, accumulator());
  }

  private Expression transformMapEntry() {
    String second = pair();
    String first = simpleName(0);
    Expression body = arguments.getLast();
    Expression filter = arguments.size() == 4 ? arguments.get(2) : null;
    Expansion expansion =
        new Expansion(
            new Expression.MapOf(at, List.of()),
            constant(Constants.TRUE),
            when(filter, call("cel.@mapInsert", accumulator(), body)),
            accumulator());
    return new Expression.Comprehension(
        at, Macro.TRANSFORM_MAP_ENTRY, target, first, second, filter, body, expansion);
  }

  /// A list beside the keys of its items, under a name so that it is made once.
  private Expression sortBy() {
    requireSortable();
    Expression input = new Expression.Ident(at, SORTED);
    Expression keys = new Macros(at, input, arguments).map(variable(), null, 1);
    Expression sorted =
        new Expression.Call(
            at, "@sortByAssociatedKeys", new Expression.Ident(at, SORTED), List.of(keys));
    return new Expression.Bind(at, SORTED, target, sorted);
  }

  private void requireSortable() {
    boolean sortable =
        switch (target) {
          case Expression.Ident _,
              Expression.Select _,
              Expression.Presence _,
              Expression.Index _,
              Expression.Call _,
              Expression.Conditional _,
              Expression.LogicalChain _,
              Expression.ListOf _,
              Expression.Comprehension _,
              Expression.Bind _ ->
              true;
          case Expression.Constant _, Expression.MapOf _, Expression.StructOf _ -> false;
        };
    if (!sortable) {
      throw new CelException(
          "sortBy can only be applied to a list, identifier, comprehension, call or select expression",
          target.at());
    }
  }

  private Expression transformMap() {
    String second = pair();
    String first = simpleName(0);
    Expression body = arguments.getLast();
    Expression filter = arguments.size() == 4 ? arguments.get(2) : null;
    Expression step = call("cel.@mapInsert", accumulator(), new Expression.Ident(at, first), body);
    Expansion expansion =
        new Expansion(
            new Expression.MapOf(at, List.of()),
            constant(Constants.TRUE),
            when(filter, step),
            accumulator());
    return new Expression.Comprehension(
        at, Macro.TRANSFORM_MAP, target, first, second, filter, body, expansion);
  }

  private Expression optional(String macro) {
    String name = single(macro + "() variable name must be a simple identifier");
    Expression value = new Expression.Call(at, "value", target, List.of());
    Expression bound = new Expression.Bind(at, name, value, arguments.getLast());
    return new Expression.Conditional(
        at,
        new Expression.Call(at, "hasValue", target, List.of()),
        macro.equals("optMap") ? call("optional.of", bound) : bound,
        call("optional.none"));
  }
}
