package dev.pintle.kube.instance;

import dev.pintle.kube.cel.CelException;
import dev.pintle.kube.cel.SchemaTypes;
import dev.pintle.kube.cel.ValidationRule;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.GoSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The expressions of one node, read when the first object is held against them and kept with the node.
record NodeValidations(List<Compiled> rules) {
  private static final int MESSAGE_BYTES_MAX = 5 * 1024;

  /// A rule ready to run, or why there is none.
  ///
  /// @param rule null when the text cannot be read
  /// @param problem why it cannot be read, empty when it can
  /// @param name how errors call the rule
  /// @param words the message that was given, empty when none was
  /// @param messageExpression makes the message, null when none was given
  /// @param messageText the text of that expression
  /// @param fieldPath the field that is blamed, below the value; empty for the value itself
  /// @param oldSelfInMessage whether the message expression can see the old value: only beside a rule that looks at it
  record Compiled(
      @Nullable ValidationRule rule,
      String problem,
      String name,
      String words,
      @Nullable ValidationRule messageExpression,
      String messageText,
      String reason,
      String fieldPath,
      boolean optionalOldSelf,
      boolean oldSelfInMessage) {

    Compiled withOldSelfInMessage() {
      return new Compiled(
          rule,
          problem,
          name,
          words,
          messageExpression,
          messageText,
          reason,
          fieldPath,
          optionalOldSelf,
          true);
    }

    /// What is said when the rule does not hold.
    ///
    /// @param made what the message expression made of the object
    String message(Optional<String> made) {
      String text = GoSpace.trimmed(made.orElse(""));
      boolean usable =
          !text.isEmpty()
              && text.getBytes(StandardCharsets.UTF_8).length <= MESSAGE_BYTES_MAX
              && text.indexOf('\n') < 0;
      if (usable) {
        return text;
      }
      return words.isEmpty() ? "failed rule: " + name : words;
    }
  }

  /// @param root whether the node is that of a whole object of the API
  static List<Compiled> of(SchemaNode node, boolean root, SchemaTypes types) {
    return node.derived(NodeValidations.class, () -> read(node, root, types)).rules();
  }

  /// Whether an object was held against them before.
  static boolean areRead(SchemaNode node) {
    return node.derived(NodeValidations.class) != null;
  }

  private static NodeValidations read(SchemaNode node, boolean root, SchemaTypes types) {
    List<Compiled> rules = new ArrayList<>();
    for (Json given : node.rules().extensions().validations()) {
      if (given instanceof JsonObject rule) {
        rules.add(compiled(node, root, types, rule));
      }
    }
    boolean old =
        rules.stream()
            .anyMatch(rule -> rule.rule() instanceof ValidationRule read && read.usesOldSelf());
    return new NodeValidations(
        old ? rules.stream().map(Compiled::withOldSelfInMessage).toList() : List.copyOf(rules));
  }

  private static Compiled compiled(
      SchemaNode node, boolean root, SchemaTypes types, JsonObject rule) {
    String text = rule.textOrEmpty("rule");
    String message = GoSpace.trimmed(rule.textOrEmpty("message"));
    String expression = rule.textOrEmpty("messageExpression");
    boolean optional = Json.Bool.TRUE.equals(rule.get("optionalOldSelf"));
    FieldReference<SchemaNode> blamed =
        FieldReference.find(rule.textOrEmpty("fieldPath"), node, NodeSteps.NODES, true);
    ValidationRule read = null;
    ValidationRule making = null;
    String problem = "";
    try {
      read =
          ValidationRule.of(new ValidationRule.Subject(node, root, optional, false), types, text);
      ValidationRule.Subject ofMessage = new ValidationRule.Subject(node, root, optional, true);
      making = expression.isEmpty() ? null : ValidationRule.of(ofMessage, types, expression);
    } catch (CelException unreadable) {
      problem = read == null ? unreadable.getMessage() : "";
    }
    return new Compiled(
        read,
        problem,
        message.isEmpty() ? GoSpace.trimmed(text) : message,
        message,
        making,
        expression,
        rule.textOrEmpty("reason"),
        blamed.text(),
        optional,
        false);
  }
}
