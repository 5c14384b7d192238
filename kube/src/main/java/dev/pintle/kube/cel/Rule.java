package dev.pintle.kube.cel;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.SchemaNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An expression about a value of a schema (`self`) and about what was there before an update (`oldSelf`). Immutable.
public final class Rule {
  private final SchemaNode self;
  private final Expression expression;
  private final boolean usesOldSelf;

  private Rule(SchemaNode self, Expression expression, boolean usesOldSelf) {
    this.self = self;
    this.expression = expression;
    this.usesOldSelf = usesOldSelf;
  }

  /// @param optionalOldSelf whether `oldSelf` is an optional value, so that the rule also runs when nothing was there
  /// @throws CelException with all that there is to say of a text that is no expression about `self`
  public static Rule of(SchemaNode self, String text, boolean optionalOldSelf) {
    try {
      Expression expression = Parser.parse(text);
      return new Rule(self, expression, Checker.check(expression, self, optionalOldSelf));
    } catch (CelException wrong) {
      throw new CelException(shown(wrong, text));
    }
  }

  /// The message with the line it is about and a mark below the place.
  private static String shown(CelException wrong, String text) {
    int offset = Math.clamp(wrong.offset(), 0, text.length());
    int from = text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset);
    String line = text.substring(from, end < 0 ? text.length() : end);
    long number = text.substring(0, from).lines().count() + 1;
    return "ERROR: <input>:%d:%d: %s\n | %s\n | %s^"
        .formatted(number, offset - from + 1, wrong.getMessage(), line, ".".repeat(offset - from));
  }

  /// Whether it compares a value with what was there before.
  public boolean usesOldSelf() {
    return usesOldSelf;
  }

  /// Whether the rule holds.
  ///
  /// @param old null when nothing was there
  /// @throws CelException when it cannot be told
  public boolean holds(Json value, @Nullable Json old, boolean optionalOldSelf) {
    return Evaluation.isTrue(evaluate(value, old, optionalOldSelf));
  }

  /// The text that the expression makes; empty when it makes none.
  public Optional<String> text(Json value, @Nullable Json old, boolean optionalOldSelf) {
    try {
      return evaluate(value, old, optionalOldSelf) instanceof Value.Text(String text)
          ? Optional.of(text)
          : Optional.empty();
    } catch (CelException _) {
      return Optional.empty();
    }
  }

  private Value evaluate(Json value, @Nullable Json old, boolean optionalOldSelf) {
    Map<String, Value> names = new HashMap<>();
    names.put("self", FromJson.value(self, value));
    Optional<Value> before =
        old == null ? Optional.empty() : Optional.of(FromJson.value(self, old));
    if (optionalOldSelf) {
      names.put("oldSelf", new Value.Maybe(before));
    } else {
      before.ifPresent(present -> names.put("oldSelf", present));
    }
    for (String type :
        new String[] {
          "int", "uint", "double", "bool", "string", "bytes", "list", "map", "null_type", "type"
        }) {
      names.put(type, new Value.Type(type));
    }
    return new Evaluation(names).of(expression);
  }
}
