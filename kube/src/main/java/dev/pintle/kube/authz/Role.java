package dev.pintle.kube.authz;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.TextTables;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.selector.LabelSelector.Operator;
import dev.pintle.kube.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A role as it is stored.
///
/// @param gathers which other roles' rules it has too
record Role(
    String name, Map<String, String> labels, List<PolicyRule> rules, List<LabelSelector> gathers) {

  static Role of(JsonObject role) {
    JsonObject metadata = role.objectAt("metadata");
    Map<String, String> labels = new HashMap<>();
    JsonObject written = metadata.object("labels");
    if (written != null) {
      for (JsonObject.Field label : written) {
        labels.put(label.name(), String.valueOf(written.text(label.name())));
      }
    }
    return new Role(
        String.valueOf(metadata.text("name")),
        TextTables.copyOf(labels),
        List.copyOf(PolicyRule.all(role.array("rules"))),
        gathers(role.objectOrEmpty("aggregationRule")));
  }

  /// Whether `other` is one of those whose rules it has too.
  boolean gathers(Role other) {
    return gathers.stream().anyMatch(selector -> selector.matches(other.labels));
  }

  private static List<LabelSelector> gathers(JsonObject aggregation) {
    List<LabelSelector> selectors = new ArrayList<>();
    for (JsonObject written : aggregation.objects("clusterRoleSelectors")) {
      List<Requirement> requirements = new ArrayList<>();
      JsonObject labels = written.object("matchLabels");
      if (labels != null) {
        for (JsonObject.Field label : labels) {
          String value = String.valueOf(labels.text(label.name()));
          requirements.add(new Requirement(label.name(), Operator.IN, Set.of(value)));
        }
      }
      for (JsonObject expression : written.objects("matchExpressions")) {
        requirements.add(requirement(expression));
      }
      selectors.add(new LabelSelector(requirements));
    }
    return selectors;
  }

  private static Requirement requirement(JsonObject expression) {
    Operator operator =
        switch (String.valueOf(expression.text("operator"))) {
          case "In" -> Operator.IN;
          case "NotIn" -> Operator.NOT_IN;
          case "Exists" -> Operator.PRESENT;
          default -> Operator.ABSENT;
        };
    return new Requirement(
        String.valueOf(expression.text("key")),
        operator,
        TextTables.setOf(PolicyRule.texts(expression.array("values"))));
  }
}
