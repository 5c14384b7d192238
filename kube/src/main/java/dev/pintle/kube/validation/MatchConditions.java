package dev.pintle.kube.validation;

import dev.pintle.kube.cel.AdmissionExpressions;
import dev.pintle.kube.cel.AdmissionExpressions.Complaint;
import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The rules of the expressions by which a webhook or a policy of admission is called or left alone.
final class MatchConditions {
  private static final int CONDITIONS_MAX = 64;

  private MatchConditions() {}

  static void check(ValidatedObject holder, AdmissionExpressions expressions, boolean params) {
    int count = holder.count("matchConditions");
    if (count > CONDITIONS_MAX) {
      holder.add(FieldError.tooMany(holder.path("matchConditions"), count, CONDITIONS_MAX));
    }
    Surroundings around = new Surroundings(params, true, false);
    Set<String> names = new HashSet<>();
    for (ValidatedObject condition : holder.items("matchConditions")) {
      String expression = GoSpace.trimmed(condition.text("expression"));
      if (expression.isEmpty()) {
        condition.required("expression", "");
      } else {
        report(
            condition,
            "expression",
            expression,
            expressions.check(expression, around, Result.TRUTH));
      }
      String name = condition.text("name");
      if (name.isEmpty()) {
        condition.required("name", "");
        continue;
      }
      condition.invalid("name", Formats.qualifiedName(name));
      if (!names.add(name)) {
        condition.duplicate("name");
      }
    }
  }

  /// @param shown the text of the expression as the message shows it
  static void report(
      ValidatedObject holder, String field, String shown, Optional<Complaint> complaint) {
    complaint.ifPresent(wrong ->
        holder.add(
            wrong.internal()
                ? new FieldError(
                    FieldError.Kind.INTERNAL, holder.path(field).toString(), null, wrong.text())
                : FieldError.invalid(holder.path(field), Json.of(shown), wrong.text())));
  }
}
