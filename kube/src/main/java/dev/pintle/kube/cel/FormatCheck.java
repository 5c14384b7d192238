package dev.pintle.kube.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The check of a text that is formatted where both it and its list of arguments are written out.
final class FormatCheck {
  private final Checked checked;
  private final ExpressionErrors complaints;

  private FormatCheck(Checked checked, ExpressionErrors complaints) {
    this.checked = checked;
    this.complaints = complaints;
  }

  static void check(Expression.Call call, Checked checked, ExpressionErrors complaints) {
    if (call.function().equals("format")
        && call.target() instanceof Expression.Constant(int _, Value.Text(String form))
        && call.arguments().size() == 1
        && call.arguments().getFirst() instanceof Expression.ListOf list) {
      new FormatCheck(checked, complaints)
          .look(form, list.items().stream().map(Expression.Item::value).toList(), call.at());
    }
  }

  private void look(String form, List<Expression> arguments, int at) {
    int next = 0;
    try {
      for (int i = form.indexOf('%'); i >= 0; ) {
        if (i + 1 < form.length() && form.charAt(i + 1) == '%') {
          i = form.indexOf('%', i + 2);
          continue;
        }
        if (i + 1 < form.length() && next >= arguments.size()) {
          throw new CelException("index %d out of range".formatted(next));
        }
        FormatClause clause = FormatClause.read(form, i);
        if (!isTaken(clause, arguments.get(next++))) {
          return;
        }
        i = form.indexOf('%', clause.end());
      }
    } catch (CelException wrong) {
      complaints.add(at, wrong.getMessage());
      return;
    }
    if (arguments.size() > next) {
      complaints.add(
          at,
          "too many arguments supplied to string.format (expected %d, got %d)"
              .formatted(next, arguments.size()));
    }
  }

  private boolean isTaken(FormatClause clause, Expression argument) {
    Expression wrong = clause.verb() == 's' ? unshown(clause, argument) : untaken(clause, argument);
    if (wrong == null) {
      return true;
    }
    complaints.add(
        wrong.at(), "error during formatting: " + clause.otherwise() + name(checked.type(wrong)));
    return false;
  }

  private @Nullable Expression untaken(FormatClause clause, Expression argument) {
    return clause.takes(checked.type(argument)) ? null : argument;
  }

  /// The part of a list or a map that cannot be shown; null when all can.
  private @Nullable Expression unshown(FormatClause clause, Expression argument) {
    Expression wrong = untaken(clause, argument);
    if (wrong == null && argument instanceof Expression.ListOf list) {
      for (Expression.Item item : list.items()) {
        wrong = wrong == null ? unshown(clause, item.value()) : wrong;
      }
    }
    if (wrong == null && argument instanceof Expression.MapOf map) {
      for (Expression.Entry entry : map.entries()) {
        wrong = wrong == null ? unshown(clause, entry.key()) : wrong;
        wrong = wrong == null ? unshown(clause, entry.value()) : wrong;
      }
    }
    return wrong;
  }

  private static String name(CelType type) {
    return switch (type.kind()) {
      case NULL -> "null_type";
      case DURATION -> "google.protobuf.Duration";
      case TIMESTAMP -> "google.protobuf.Timestamp";
      case BOOL,
          INT,
          UINT,
          DOUBLE,
          STRING,
          BYTES,
          DYN,
          ERROR,
          LIST,
          MAP,
          STRUCT,
          OPAQUE,
          TYPE,
          PARAMETER ->
          type.name();
    };
  }
}
