package dev.pintle.kube.selector;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.TextTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// A set of requirements that an object's labels must all meet; none are met by every object. What a match costs grows
/// with the labels of the object, not with the requirements.
public final class LabelSelector {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public enum Operator {
    IN,
    NOT_IN,
    PRESENT,
    ABSENT,
    GREATER,
    LESS
  }

  /// A requirement on one label.
  ///
  /// @param values for `IN` and `NOT_IN` any number, for `GREATER` and `LESS` one whole number, else none
  public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
      values = TextTables.setOf(values);
    }
  }

  private final Map<String, KeyTest> tests = new HashMap<>();
  private final int labelsNeeded;

  public LabelSelector(List<Requirement> requirements) {
    for (Requirement requirement : requirements) {
      tests.computeIfAbsent(requirement.key(), _ -> new KeyTest()).add(requirement);
    }
    this.labelsNeeded = (int) tests.values().stream().filter(KeyTest::needsLabel).count();
  }

  /// @throws SelectorSyntaxException with the text that clients know
  public static LabelSelector parse(String text) throws SelectorSyntaxException {
    List<Requirement> requirements = LabelParser.parse(text);
    return requirements.isEmpty() ? EVERYTHING : new LabelSelector(requirements);
  }

  /// A selector as objects have it, with `matchLabels` and `matchExpressions`; it was validated when it was written.
  public static LabelSelector of(JsonObject written) {
    List<Requirement> requirements = new ArrayList<>();
    JsonObject labels = written.objectOrEmpty("matchLabels");
    for (JsonObject.Field label : labels) {
      Set<String> value = Set.of(labels.textOrEmpty(label.name()));
      requirements.add(new Requirement(label.name(), Operator.IN, value));
    }
    for (JsonObject expression : written.objects("matchExpressions")) {
      Operator operator =
          switch (expression.textOrEmpty("operator")) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.PRESENT;
            default -> Operator.ABSENT;
          };
      Set<String> values = TextTables.setOf(expression.texts("values"));
      requirements.add(new Requirement(expression.textOrEmpty("key"), operator, values));
    }
    return new LabelSelector(requirements);
  }

  public boolean isEverything() {
    return tests.isEmpty();
  }

  public boolean matches(Map<String, String> labels) {
    if (labelsNeeded > labels.size()) {
      return false;
    }
    int met = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      KeyTest test = tests.get(label.getKey());
      if (test != null) {
        if (!test.accepts(label.getValue())) {
          return false;
        }
        met += test.needsLabel() ? 1 : 0;
      }
    }
    return met == labelsNeeded;
  }

  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(GoNumbers.parseInt(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
