package dev.pintle.kube.definition;

import dev.pintle.kube.validation.FieldPath;
import java.util.List;

/// `x-kubernetes-validations`, as far as it can be judged without looking into the expressions.
final class RuleWords {
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private final Props schema;
  private final FieldPath path;
  private final Findings found;

  /// @param sound whether the schema as a whole is right otherwise
  RuleWords(Props schema, FieldPath path, Findings found, boolean sound) {
    this.schema = schema;
    this.path = path;
    this.found = found;
  }

  void check() {
    List<Props> rules = schema.list("x-kubernetes-validations");
    for (int i = 0; i < rules.size(); i++) {
      FieldPath place = path.child("x-kubernetes-validations").index(i);
      texts(rules.get(i), place);
      reason(rules.get(i), place);
      fieldPath(rules.get(i), place);
    }
  }

  private void texts(Props rule, FieldPath place) {
    String expression = rule.text("rule").strip();
    String message = rule.text("message");
    if (expression.isEmpty()) {
      found.required(place.child("rule"), "rule is not specified");
    } else if (!message.isEmpty() && message.isBlank()) {
      found.invalid(place.child("message"), message, "must be non-empty if specified");
    } else if (hasLineBreak(message.strip())) {
      found.invalid(place.child("message"), message, "must not contain line breaks");
    } else if (hasLineBreak(expression) && message.isBlank()) {
      found.required(
          place.child("message"), "message must be specified if rule contains line breaks");
    }
    String messageExpression = rule.text("messageExpression");
    if (!messageExpression.isEmpty() && messageExpression.isBlank()) {
      found.required(
          place.child("messageExpression"), "messageExpression must be non-empty if specified");
    }
  }

  private void reason(Props rule, FieldPath place) {
    if (rule.json().has("reason") && !REASONS.contains(rule.text("reason"))) {
      found.notSupported(place.child("reason"), rule.text("reason"), REASONS);
    }
  }

  private void fieldPath(Props rule, FieldPath place) {
    String field = rule.text("fieldPath");
    if (field.isEmpty()) {
      return;
    }
    if (field.isBlank()) {
      found.invalid(place.child("fieldPath"), field, "must be non-empty if specified");
    }
    if (hasLineBreak(field)) {
      found.invalid(place.child("fieldPath"), field, "must not contain line breaks");
    }
    if (!FieldReference.find(field, schema, true).problem().isEmpty()) {
      found.invalid(place.child("fieldPath"), field, "must be a valid path");
    }
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
