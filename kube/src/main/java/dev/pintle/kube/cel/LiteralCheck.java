package dev.pintle.kube.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The check of what a checked expression says literally: durations, moments and patterns must be some, and what lists
/// and maps are made of must be alike, but for what is formatted.
final class LiteralCheck {
  private final Checked checked;
  private final ExpressionErrors complaints;

  private LiteralCheck(Checked checked, ExpressionErrors complaints) {
    this.checked = checked;
    this.complaints = complaints;
  }

  static void check(Checked checked, ExpressionErrors complaints) {
    new LiteralCheck(checked, complaints).look(checked.expression(), false);
  }

  private void look(Expression expression, boolean formatted) {
    switch (expression) {
      case Expression.Constant _, Expression.Ident _ -> {}
      case Expression.Select select -> look(select.operand(), formatted);
      case Expression.Presence presence -> look(presence.operand(), formatted);
      case Expression.Index index -> {
        look(index.operand(), formatted);
        look(index.index(), formatted);
      }
      case Expression.Conditional choice -> {
        look(choice.condition(), formatted);
        look(choice.yes(), formatted);
        look(choice.no(), formatted);
      }
      case Expression.LogicalChain logic -> logic.terms().forEach(term -> look(term, formatted));
      case Expression.Call call -> call(call, formatted);
      case Expression.ListOf list -> list(list, formatted);
      case Expression.MapOf map -> map(map, formatted);
      case Expression.StructOf struct ->
          struct.fields().forEach(field -> look(field.value(), formatted));
      case Expression.Comprehension fold -> {
        look(fold.range(), formatted);
        look(fold.expansion().condition(), formatted);
        look(fold.expansion().step(), formatted);
      }
      case Expression.Bind bind -> {
        look(bind.value(), formatted);
        look(bind.result(), formatted);
      }
    }
  }

  private void call(Expression.Call call, boolean formatted) {
    boolean inside = formatted || call.function().equals("format");
    if (call.target() != null && !checked.functions().containsKey(call)) {
      look(call.target(), inside);
    }
    call.arguments().forEach(argument -> look(argument, inside));
    FormatCheck.check(call, checked, complaints);
    if (!call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof Expression.Constant(int at, Value value)
        && !isSound(call.function(), value)) {
      complaints.add(at, "invalid %s argument".formatted(call.function()));
    }
  }

  private static boolean isSound(String function, Value value) {
    try {
      if (value instanceof Value.Int(long seconds) && function.equals("timestamp")) {
        TimeFunctions.timestamp(seconds);
      }
      if (value instanceof Value.Text(String text)) {
        switch (function) {
          case "duration" -> TimeFunctions.duration(text);
          case "timestamp" -> TimeFunctions.timestamp(text);
          case "matches" -> PatternFunctions.compile(text);
          default -> {}
        }
      }
      return true;
    } catch (CelException _) {
      return false;
    }
  }

  private void list(Expression.ListOf list, boolean formatted) {
    CelType first = null;
    boolean alike = true;
    for (Expression.Item item : list.items()) {
      look(item.value(), formatted);
      CelType type = type(item.value(), item.optional());
      alike = alike && !(formatted ? false : differs(first, type, item.value()));
      first = first == null ? type : first;
      if (!alike) {
        break;
      }
    }
  }

  private CelType type(Expression value, boolean optional) {
    CelType type = checked.type(value);
    return optional ? type.unwrapped() : type;
  }

  private boolean differs(@Nullable CelType first, CelType type, Expression value) {
    if (first == null || isAlike(first, type)) {
      return false;
    }
    complaints.add(value.at(), Checker.mismatch(first, type));
    return true;
  }

  /// Types are alike however little is known of what they are of.
  private static boolean isAlike(CelType one, CelType other) {
    if (one.kind() == other.kind() && (one.isWrapper() || other.isWrapper())) {
      return true;
    }
    if (one.kind() != other.kind() || one.parameters().size() != other.parameters().size()) {
      return false;
    }
    if (!one.name().equals(other.name())) {
      return false;
    }
    for (int i = 0; i < one.parameters().size(); i++) {
      if (!isAlike(one.parameters().get(i), other.parameters().get(i))) {
        return false;
      }
    }
    return true;
  }

  private void map(Expression.MapOf map, boolean formatted) {
    CelType keys = null;
    CelType values = null;
    List<Expression.Entry> entries = map.entries();
    for (Expression.Entry entry : entries) {
      look(entry.key(), formatted);
      look(entry.value(), formatted);
      CelType key = type(entry.key(), false);
      CelType value = type(entry.value(), entry.optional());
      if (!formatted) {
        differs(keys, key, entry.key());
        differs(values, value, entry.value());
      }
      keys = keys == null ? key : keys;
      values = values == null ? value : values;
    }
  }
}
