package dev.pintle.kube.definition;

import dev.pintle.kube.cel.CelException;
import dev.pintle.kube.cel.ValidationRule;
import dev.pintle.kube.instance.FieldReference;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import dev.pintle.kube.validation.GoSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The check of `x-kubernetes-validations`: what stands beside the expressions, and the expressions themselves.
final class ValidationRulesCheck {
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private final JsonSchemaProps schema;
  private final FieldPath path;
  private final DefinitionErrors found;

  ValidationRulesCheck(JsonSchemaProps schema, FieldPath path, DefinitionErrors found) {
    this.schema = schema;
    this.path = path;
    this.found = found;
  }

  void check() {
    List<JsonSchemaProps> rules = schema.list("x-kubernetes-validations");
    for (int i = 0; i < rules.size(); i++) {
      FieldPath place = path.child("x-kubernetes-validations").index(i);
      texts(rules.get(i), place);
      reason(rules.get(i), place);
      fieldPath(rules.get(i), place);
    }
  }

  /// Reads the expressions; only where nothing else is wrong, so that what is found is about them.
  ///
  /// @param uncorrelated the part of the schema in which there is no old value, null when there is one
  void compile(RuleContext context, @Nullable FieldPath uncorrelated) {
    List<JsonSchemaProps> rules = schema.list("x-kubernetes-validations");
    FieldPath all = path.child("x-kubernetes-validations");
    if (!rules.isEmpty() && !context.isTyped()) {
      found.add(
          new FieldError(
              FieldError.Kind.INTERNAL,
              all.toString(),
              null,
              "internal error: failed to construct type information for x-kubernetes-validations rules: "
                  + "unable to convert structural schema to CEL declarations"));
      return;
    }
    for (int i = 0; i < rules.size(); i++) {
      boolean usesOld = compile(rules.get(i), context, all.index(i));
      Json optional = rules.get(i).json().get("optionalOldSelf");
      if (usesOld && uncorrelated != null) {
        found.invalid(
            all.index(i).child("rule"),
            rules.get(i).text("rule"),
            "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                + uncorrelated);
      } else if (!usesOld && optional != null) {
        found.invalid(
            all.index(i).child("optionalOldSelf"),
            optional,
            "may not be set if oldSelf is not used in rule");
      }
    }
  }

  /// Whether the rule looks at what was there before.
  private boolean compile(JsonSchemaProps rule, RuleContext context, FieldPath place) {
    try {
      ValidationRule read = read(rule, "rule", context);
      Long most = context.most();
      long count = most == null ? read.valuesMax() : most;
      long cost = RuleCosts.times(read.worstCost(), count);
      context.costs().add(place.child("rule"), "estimated rule cost", cost, found);
      message(rule, context, place.child("messageExpression"));
      return read.usesOldSelf();
    } catch (CelException wrong) {
      found.invalid(place.child("rule"), InternalForm.rule(rule), wrong.getMessage());
      return false;
    }
  }

  private void message(JsonSchemaProps rule, RuleContext context, FieldPath place) {
    if (rule.text("messageExpression").isEmpty()) {
      return;
    }
    try {
      long cost = read(rule, "messageExpression", context).worstCost();
      context.costs().add(place, "estimated messageExpression cost", cost, found);
    } catch (CelException wrong) {
      found.invalid(place, InternalForm.rule(rule), wrong.getMessage());
    }
  }

  private static ValidationRule read(JsonSchemaProps rule, String word, RuleContext context) {
    ValidationRule.Subject subject =
        new ValidationRule.Subject(
            context.node(),
            context.root(),
            rule.isTrue("optionalOldSelf"),
            word.equals("messageExpression"));
    return ValidationRule.of(subject, context.types(), rule.text(word));
  }

  private void texts(JsonSchemaProps rule, FieldPath place) {
    String expression = GoSpace.trimmed(rule.text("rule"));
    String message = rule.text("message");
    String words = GoSpace.trimmed(message);
    if (expression.isEmpty()) {
      found.required(place.child("rule"), "rule is not specified");
    } else if (!message.isEmpty() && words.isEmpty()) {
      found.invalid(place.child("message"), message, "must be non-empty if specified");
    } else if (hasLineBreak(words)) {
      found.invalid(place.child("message"), message, "must not contain line breaks");
    } else if (hasLineBreak(expression) && words.isEmpty()) {
      found.required(
          place.child("message"), "message must be specified if rule contains line breaks");
    }
    String messageExpression = rule.text("messageExpression");
    if (!messageExpression.isEmpty() && GoSpace.trimmed(messageExpression).isEmpty()) {
      found.required(
          place.child("messageExpression"), "messageExpression must be non-empty if specified");
    }
  }

  private void reason(JsonSchemaProps rule, FieldPath place) {
    if (rule.json().has("reason") && !REASONS.contains(rule.text("reason"))) {
      found.notSupported(place.child("reason"), rule.text("reason"), REASONS);
    }
  }

  private void fieldPath(JsonSchemaProps rule, FieldPath place) {
    String field = rule.text("fieldPath");
    if (field.isEmpty()) {
      return;
    }
    if (GoSpace.trimmed(field).isEmpty()) {
      found.invalid(place.child("fieldPath"), field, "must be non-empty if specified");
    }
    if (hasLineBreak(field)) {
      found.invalid(place.child("fieldPath"), field, "must not contain line breaks");
    }
    if (!FieldReference.find(field, schema, WrittenSteps.WRITTEN, true).problem().isEmpty()) {
      found.invalid(place.child("fieldPath"), field, "must be a valid path");
    }
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
