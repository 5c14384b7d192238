package dev.pintle.kube.cel;

import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through an expression beside the schema of what it is about: every name must stand for something.
final class Checker {
  private static final Set<String> SIGNS =
      Set.of("!", "-", "==", "!=", "<", "<=", ">", ">=", "in", "+", "*", "/", "%");
  private static final Set<String> TYPE_NAMES =
      Set.of(
          "int", "uint", "double", "bool", "string", "bytes", "list", "map", "null_type", "type");
  private static final SchemaNode FREE = SchemaNode.ANYTHING;

  private final Map<String, SchemaNode> names = new HashMap<>();
  private boolean usesOldSelf;

  private Checker(SchemaNode self, boolean optionalOldSelf) {
    names.put("self", self);
    names.put("oldSelf", optionalOldSelf ? FREE : self);
  }

  /// Whether the expression looks at the old value.
  static boolean check(Expression expression, SchemaNode self, boolean optionalOldSelf) {
    Checker checker = new Checker(self, optionalOldSelf);
    checker.type(expression);
    return checker.usesOldSelf;
  }

  /// What the value of an expression looks like; [#FREE] when it is not known.
  private SchemaNode type(Expression expression) {
    return switch (expression) {
      case Expression.Constant _ -> FREE;
      case Expression.Name(int at, String name) -> name(name, at);
      case Expression.Select(int at, Expression operand, String field, _) ->
          select(operand, field, at);
      case Expression.Presence(int at, Expression operand, String field) -> {
        select(operand, field, at);
        yield FREE;
      }
      case Expression.Index(_, Expression operand, Expression index, _) -> {
        type(index);
        SchemaNode holder = type(operand);
        yield holder.hasItems() ? holder.items() : FREE;
      }
      case Expression.Call call -> call(call);
      case Expression.Choice(_, Expression condition, Expression yes, Expression no) -> {
        type(condition);
        SchemaNode one = type(yes);
        type(no);
        yield one;
      }
      case Expression.Both(_, Expression left, Expression right) -> all(List.of(left, right));
      case Expression.Either(_, Expression left, Expression right) -> all(List.of(left, right));
      case Expression.ListOf(_, List<Expression> items) -> all(items);
      case Expression.MapOf(_, List<Expression.Entry> entries) -> {
        entries.forEach(entry -> all(List.of(entry.key(), entry.value())));
        yield FREE;
      }
      case Expression.Through through -> through(through);
    };
  }

  private SchemaNode all(List<Expression> parts) {
    parts.forEach(this::type);
    return FREE;
  }

  private SchemaNode name(String name, int at) {
    usesOldSelf |= name.equals("oldSelf");
    SchemaNode known = names.get(name);
    if (known == null && !TYPE_NAMES.contains(name)) {
      throw new CelException("undeclared reference to '%s' (in container '')".formatted(name), at);
    }
    return known == null ? FREE : known;
  }

  private SchemaNode select(Expression operand, String field, int at) {
    if (operand instanceof Expression.Name(_, String first)
        && !names.containsKey(first)
        && (first + "." + field).startsWith("google.protobuf.")) {
      return FREE;
    }
    SchemaNode holder = type(operand);
    if (holder.kind() != ValueKind.OBJECT) {
      return holder.kind() == ValueKind.MAP && holder.hasItems() ? holder.items() : FREE;
    }
    Field found = holder.field(Escapes.unescape(field));
    if (found != null) {
      return found.node();
    }
    if (holder.hasItems()) {
      return holder.items();
    }
    throw new CelException("undefined field '%s'".formatted(field), at);
  }

  private SchemaNode call(Expression.Call call) {
    all(call.arguments());
    @Nullable Expression target = call.target();
    String function = call.function();
    boolean ofOptional =
        target instanceof Expression.Name(_, String name)
            && name.equals("optional")
            && !names.containsKey(name);
    if (target != null && !ofOptional) {
      type(target);
    }
    boolean known =
        ofOptional
            ? Set.of("of", "none", "ofNonZeroValue").contains(function)
            : target != null
                ? Functions.ON_VALUES.contains(function)
                : SIGNS.contains(function) || Functions.ALONE.contains(function);
    if (!known) {
      throw new CelException(
          "undeclared reference to '%s' (in container '')".formatted(function), call.at());
    }
    return FREE;
  }

  private SchemaNode through(Expression.Through through) {
    SchemaNode range = type(through.range());
    boolean list = range.kind() == ValueKind.LIST && range.hasItems();
    SchemaNode outer = names.put(through.variable(), list ? range.items() : FREE);
    if (through.filter() != null) {
      type(through.filter());
    }
    type(through.body());
    if (outer == null) {
      names.remove(through.variable());
    } else {
      names.put(through.variable(), outer);
    }
    return through.macro() == Expression.Macro.FILTER ? range : FREE;
  }
}
