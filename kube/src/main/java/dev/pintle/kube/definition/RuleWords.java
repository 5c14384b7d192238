package dev.pintle.kube.definition;

import dev.pintle.kube.cel.CelException;
import dev.pintle.kube.cel.Rule;
import dev.pintle.kube.crd.CustomTypes;
import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `x-kubernetes-validations`: what stands beside the expressions, and the expressions themselves.
final class RuleWords {
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private final Props schema;
  private final FieldPath path;
  private final Findings found;

  RuleWords(Props schema, FieldPath path, Findings found) {
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

  /// Reads the expressions; only where nothing else is wrong, so that what is found is about them.
  ///
  /// @param root whether `self` is a whole object
  /// @param uncorrelated the part of the schema in which there is no old value, null when there is one
  void compile(boolean root, @Nullable FieldPath uncorrelated) {
    List<Props> rules = schema.list("x-kubernetes-validations");
    if (rules.isEmpty()) {
      return;
    }
    SchemaNode self =
        root ? CustomTypes.withMetadata(schema.json()) : SchemaReader.read(schema.json());
    for (int i = 0; i < rules.size(); i++) {
      compile(rules.get(i), self, path.child("x-kubernetes-validations").index(i), uncorrelated);
    }
  }

  private void compile(
      Props rule, SchemaNode self, FieldPath place, @Nullable FieldPath uncorrelated) {
    boolean optional = rule.isTrue("optionalOldSelf");
    try {
      boolean usesOld = Rule.of(self, rule.text("rule"), optional).usesOldSelf();
      if (usesOld && uncorrelated != null) {
        found.invalid(
            place.child("rule"),
            rule.text("rule"),
            "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                + uncorrelated);
      } else if (!usesOld && rule.json().get("optionalOldSelf") instanceof Json given) {
        found.invalid(
            place.child("optionalOldSelf"), given, "may not be set if oldSelf is not used in rule");
      }
    } catch (CelException wrong) {
      found.invalid(
          place.child("rule"),
          InternalForm.rule(rule),
          "compilation failed: " + wrong.getMessage());
    }
    if (rule.text("messageExpression").isEmpty()) {
      return;
    }
    try {
      Rule.of(self, rule.text("messageExpression"), optional);
    } catch (CelException wrong) {
      found.invalid(
          place.child("messageExpression"),
          InternalForm.rule(rule),
          "messageExpression compilation failed: " + wrong.getMessage());
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
