package dev.pintle.kube.admission.match;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.selector.LabelSelector;
import java.util.List;

/// The requests that a webhook or a policy is about, as they were written, compiled. Immutable.
public final class MatchCriteria {
  private final List<MatchRule> rules;
  private final List<MatchRule> excluded;
  private final boolean equivalent;
  private final boolean everything;
  private final LabelSelector namespaces;
  private final LabelSelector objects;

  private MatchCriteria(
      JsonObject written, List<JsonObject> rules, List<JsonObject> excluded, boolean everything) {
    this.rules = MatchRule.all(rules);
    this.excluded = MatchRule.all(excluded);
    this.equivalent = written.textOrEmpty("matchPolicy").equals("Equivalent");
    this.everything = everything;
    this.namespaces = LabelSelector.of(written.objectOrEmpty("namespaceSelector"));
    this.objects = LabelSelector.of(written.objectOrEmpty("objectSelector"));
  }

  /// @param written a webhook of a configuration
  public static MatchCriteria ofWebhook(JsonObject written) {
    return new MatchCriteria(written, written.objects("rules"), List.of(), false);
  }

  /// @param written the `matchConstraints` of a policy, or the `matchResources` of a binding
  public static MatchCriteria ofPolicy(JsonObject written) {
    return new MatchCriteria(
        written, written.objects("resourceRules"), written.objects("excludeResourceRules"), true);
  }

  List<MatchRule> rules() {
    return rules;
  }

  /// What is left out of what the rules say.
  List<MatchRule> excluded() {
    return excluded;
  }

  /// Whether other versions of a resource count as the resource.
  boolean equivalent() {
    return equivalent;
  }

  /// Whether no rules at all mean everything.
  boolean everything() {
    return everything;
  }

  LabelSelector namespaces() {
    return namespaces;
  }

  LabelSelector objects() {
    return objects;
  }
}
