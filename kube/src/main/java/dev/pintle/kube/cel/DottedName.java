package dev.pintle.kube.cel;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The name with dots that an expression such as `a.b.c` may be: of a type, or of a function in a namespace.
final class DottedName {
  private DottedName() {}

  /// A name without the dot that may stand before it: there is only one place to look it up.
  static String plain(String name) {
    return name.startsWith(".") ? name.substring(1) : name;
  }

  /// @param root whether a name may be the first of the parts
  /// @return null for an expression that is no such name
  static @Nullable String of(Expression expression, Predicate<String> root) {
    return switch (expression) {
      case Expression.Ident(_, String name) when root.test(name) -> name;
      case Expression.Select(_, Expression operand, String field, boolean optional)
          when !optional -> {
        String before = of(operand, root);
        yield before == null ? null : before + "." + field;
      }
      case Expression.Constant _,
          Expression.Ident _,
          Expression.Select _,
          Expression.Presence _,
          Expression.Index _,
          Expression.Call _,
          Expression.Conditional _,
          Expression.LogicalChain _,
          Expression.ListOf _,
          Expression.MapOf _,
          Expression.StructOf _,
          Expression.Comprehension _,
          Expression.Bind _ ->
          null;
    };
  }
}
