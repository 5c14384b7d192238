package dev.pintle.kube.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of an expression; each part knows where in the text it stands. Parts are told apart by identity.
sealed interface Expression {
  int at();

  record Constant(int at, Value value) implements Expression {}

  record Ident(int at, String name) implements Expression {}

  /// A field of a value.
  ///
  /// @param optional whether absence is an answer (`a.?b`)
  record Select(int at, Expression operand, String field, boolean optional) implements Expression {}

  /// The test `has(a.b)`.
  record Presence(int at, Expression operand, String field) implements Expression {}

  record Index(int at, Expression operand, Expression index, boolean optional)
      implements Expression {}

  /// A call of a function.
  ///
  /// @param function by its name in [Environment], so `_+_` for a plus
  /// @param target before the dot, null for a function that has none
  record Call(int at, String function, @Nullable Expression target, List<Expression> arguments)
      implements Expression {}

  record Conditional(int at, Expression condition, Expression yes, Expression no)
      implements Expression {}

  /// Terms joined by `&&`, or by `||`.
  record LogicalChain(int at, boolean any, List<Expression> terms) implements Expression {}

  /// An item of a list.
  ///
  /// @param optional whether absence leaves the item out (`[?a]`)
  record Item(Expression value, boolean optional) {}

  record ListOf(int at, List<Item> items) implements Expression {}

  record Entry(Expression key, Expression value, boolean optional) {}

  record MapOf(int at, List<Entry> entries) implements Expression {}

  /// A field of an object that an expression makes.
  record Initializer(int at, String name, Expression value, boolean optional) {}

  /// An object of a named type: `Object.spec{replicas: 1}`.
  record StructOf(int at, String name, List<Initializer> fields) implements Expression {}

  /// A macro that goes through a list or a map.
  ///
  /// @param first names the item or the key, or with a second name the position or the key
  /// @param second names the item or the value
  /// @param filter what must hold for an item to be taken, null for every one
  /// @param expansion what the language says that the macro stands for
  record Comprehension(
      int at,
      Macro macro,
      Expression range,
      String first,
      @Nullable String second,
      @Nullable Expression filter,
      Expression body,
      Expansion expansion)
      implements Expression {}

  /// A loop: `start` goes into [Macros#ACCUMULATOR], and as long as the condition holds `step` replaces it.
  record Expansion(Expression start, Expression condition, Expression step, Expression result) {}

  /// A value under a name, for the result to use.
  record Bind(int at, String name, Expression value, Expression result) implements Expression {}

  enum Macro {
    ALL,
    EXISTS,
    EXISTS_ONE,
    MAP,
    FILTER,
    TRANSFORM_MAP,
    TRANSFORM_MAP_ENTRY
  }
}
