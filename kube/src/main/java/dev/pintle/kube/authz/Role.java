package dev.pintle.kube.authz;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.TextTables;
import dev.pintle.kube.selector.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    return aggregation.objects("clusterRoleSelectors").stream().map(LabelSelector::of).toList();
  }
}
