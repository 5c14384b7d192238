package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of labels, and of the structures that select by them.
final class Labels {
  private Labels() {}

  static void check(JsonObject labels, FieldPath path, ValidatedObject reporter) {
    for (JsonObject.Field label : labels) {
      checkKey(label.name(), path, reporter);
      String value = label.value() instanceof Json.Text(var text) ? text : "";
      for (String complaint : Formats.labelValue(value)) {
        reporter.add(FieldError.invalid(path, Json.of(value), complaint));
      }
    }
  }

  static void checkKey(String key, FieldPath path, ValidatedObject reporter) {
    for (String complaint : Formats.qualifiedName(key)) {
      reporter.add(FieldError.invalid(path, Json.of(key), complaint));
    }
  }

  static void checkSelector(ValidatedObject selector) {
    checkSelector(selector, false);
  }

  /// @param anyValues whether the values of expressions may be any text: they may where one of them was wrong before
  static void checkSelector(ValidatedObject selector, boolean anyValues) {
    check(selector.map("matchLabels"), selector.path("matchLabels"), selector);
    selector
        .items("matchExpressions")
        .forEach(expression -> checkExpression(expression, anyValues));
  }

  /// Whether there is nothing wrong with a selector, or none.
  static boolean isValidSelector(ValidationContext context, @Nullable JsonObject selector) {
    FieldErrorList findings = new FieldErrorList();
    ValidationContext apart =
        new ValidationContext(context.type(), context.object(), null, Rules.NONE, findings);
    return selector == null
        || findings
            .of(() ->
                checkSelector(new ValidatedObject(apart, FieldPath.ROOT, selector, null), false))
            .isEmpty();
  }

  private static void checkExpression(ValidatedObject expression, boolean anyValues) {
    switch (expression.text("operator")) {
      case "In", "NotIn" -> {
        if (expression.count("values") == 0) {
          expression.required("values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (expression.count("values") > 0) {
          expression.forbidden(
              "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> expression.invalidWord("operator", "not a valid selector operator");
    }
    checkKey(expression.text("key"), expression.path("key"), expression);
    if (!anyValues && !areFine(expression) && !mayBeWrong(expression)) {
      checkValues(expression);
    }
  }

  static boolean areFine(ValidatedObject expression) {
    return expression.texts("values").stream()
        .allMatch(value -> Formats.labelValue(value).isEmpty());
  }

  private static boolean mayBeWrong(ValidatedObject expression) {
    return OldFaults.inSelectors(expression.context(), expression.path());
  }

  static void checkValues(ValidatedObject expression) {
    List<String> values = expression.texts("values");
    for (int i = 0; i < values.size(); i++) {
      for (String complaint : Formats.labelValue(values.get(i))) {
        expression.add(
            FieldError.invalid(
                expression.path("values").index(i), Json.of(values.get(i)), complaint));
      }
    }
  }
}
