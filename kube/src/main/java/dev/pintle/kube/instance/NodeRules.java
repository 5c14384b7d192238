package dev.pintle.kube.instance;

import dev.pintle.kube.cel.CelException;
import dev.pintle.kube.cel.Rule;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The expressions of one node, read when the first object is held against them and kept with the node.
record NodeRules(List<Compiled> rules) {
  private static final int MESSAGE_CHARACTERS_MAX = 5 * 1024;

  /// @param name how errors call the rule
  /// @param words the message that was given, empty when none was
  /// @param messageExpression makes the message, null when none was given
  record Compiled(
      Rule rule,
      String name,
      String words,
      @Nullable Rule messageExpression,
      String reason,
      String fieldPath,
      boolean optionalOldSelf) {

    String message(Json value, @Nullable Json old) {
      if (messageExpression != null) {
        String made = messageExpression.text(value, old, optionalOldSelf).orElse("").strip();
        boolean usable =
            !made.isEmpty() && made.length() <= MESSAGE_CHARACTERS_MAX && made.indexOf('\n') < 0;
        if (usable) {
          return made;
        }
      }
      return words.isEmpty() ? "failed rule: " + name : words;
    }
  }

  static List<Compiled> of(SchemaNode node) {
    return node.derived(NodeRules.class, () -> read(node)).rules();
  }

  /// A rule that cannot be read was stored by another server and stands for nothing.
  private static NodeRules read(SchemaNode node) {
    List<Compiled> rules = new ArrayList<>();
    for (Json given : node.rules().extensions().validations()) {
      if (given instanceof JsonObject rule) {
        try {
          rules.add(compiled(node, rule));
        } catch (CelException unreadable) {
          System.getLogger(NodeRules.class.getName())
              .log(
                  System.Logger.Level.WARNING,
                  "a stored rule cannot be read and is not enforced: {0}",
                  unreadable.getMessage());
        }
      }
    }
    return new NodeRules(List.copyOf(rules));
  }

  private static Compiled compiled(SchemaNode node, JsonObject rule) {
    String text = text(rule, "rule");
    String message = text(rule, "message").strip();
    String expression = text(rule, "messageExpression");
    boolean optional = Json.Bool.TRUE.equals(rule.get("optionalOldSelf"));
    String fieldPath = text(rule, "fieldPath");
    return new Compiled(
        Rule.of(node, text, optional),
        message.isEmpty() ? text.strip() : message,
        message,
        expression.isEmpty() ? null : Rule.of(node, expression, optional),
        text(rule, "reason"),
        fieldPath.startsWith(".") ? fieldPath.substring(1) : fieldPath,
        optional);
  }

  private static String text(JsonObject rule, String field) {
    String text = rule.text(field);
    return text == null ? "" : text;
  }
}
