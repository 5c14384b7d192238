package dev.pintle.kube.selector;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Requirements that an object's labels must all meet; none are met by every object.
public record LabelSelector(List<Requirement> requirements) {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public enum Operator {
    IN,
    NOT_IN,
    PRESENT,
    ABSENT,
    GREATER,
    LESS
  }

  /// @param values for `IN` and `NOT_IN` any number, for `GREATER` and `LESS` one whole number, else none
  public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
      values = Set.copyOf(values);
    }

    boolean matches(@Nullable String value) {
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case PRESENT -> value != null;
        case ABSENT -> value == null;
        case GREATER -> value != null && compare(value) > 0;
        case LESS -> value != null && compare(value) < 0;
      };
    }

    /// 0, which satisfies neither side, where the value is not a number.
    private int compare(String value) {
      OptionalLong there = number(value);
      OptionalLong wanted = number(values.iterator().next());
      return there.isEmpty() || wanted.isEmpty()
          ? 0
          : Long.compare(there.getAsLong(), wanted.getAsLong());
    }
  }

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// @throws SelectorSyntaxException with the text that clients know
  public static LabelSelector parse(String text) throws SelectorSyntaxException {
    List<Requirement> requirements = LabelParser.parse(text);
    return requirements.isEmpty() ? EVERYTHING : new LabelSelector(requirements);
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  /// @param labels answers the value of a label, null when there is none
  public boolean matches(UnaryOperator<@Nullable String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels.apply(requirement.key()))) {
        return false;
      }
    }
    return true;
  }

  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
