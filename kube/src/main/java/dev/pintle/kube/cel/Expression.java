package dev.pintle.kube.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an expression is made of; each part knows where in the text it stands.
sealed interface Expression {
  int at();

  record Constant(int at, Value value) implements Expression {}

  record Name(int at, String name) implements Expression {}

  /// @param optional whether absence is an answer (`a.?b`)
  record Select(int at, Expression operand, String field, boolean optional) implements Expression {}

  /// `has(a.b)`.
  record Presence(int at, Expression operand, String field) implements Expression {}

  record Index(int at, Expression operand, Expression index, boolean optional)
      implements Expression {}

  /// @param target before the dot, null for a function that has none
  record Call(int at, String function, @Nullable Expression target, List<Expression> arguments)
      implements Expression {}

  record Choice(int at, Expression condition, Expression yes, Expression no)
      implements Expression {}

  record Both(int at, Expression left, Expression right) implements Expression {}

  record Either(int at, Expression left, Expression right) implements Expression {}

  record ListOf(int at, List<Expression> items) implements Expression {}

  record Entry(Expression key, Expression value) {}

  record MapOf(int at, List<Entry> entries) implements Expression {}

  /// A macro that goes through a list or the keys of a map.
  ///
  /// @param filter of `map` with three arguments, null otherwise
  record Through(
      int at,
      Macro macro,
      Expression range,
      String variable,
      @Nullable Expression filter,
      Expression body)
      implements Expression {}

  enum Macro {
    ALL,
    EXISTS,
    EXISTS_ONE,
    MAP,
    FILTER,
    OPT_MAP,
    OPT_FLAT_MAP
  }
}
