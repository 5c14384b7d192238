package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The flow schemas and priority levels that every cluster has, and that nobody may change.
final class FixedFlowSpecs {
  private static final String EVERYTHING =
      """
      "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "clusterScope": true, "namespaces": ["*"]}],
      "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}]
      """;

  private static final Map<String, JsonObject> SCHEMAS =
      Map.of(
          "exempt",
          read(
              """
              {"priorityLevelConfiguration": {"name": "exempt"}, "matchingPrecedence": 1,
               "rules": [{"subjects": [{"kind": "Group", "group": {"name": "system:masters"}}], %s}]}
              """
                  .formatted(EVERYTHING)),
          "catch-all",
          read(
              """
              {"priorityLevelConfiguration": {"name": "catch-all"}, "matchingPrecedence": 10000,
               "distinguisherMethod": {"type": "ByUser"},
               "rules": [{"subjects": [{"kind": "Group", "group": {"name": "system:unauthenticated"}},
                                       {"kind": "Group", "group": {"name": "system:authenticated"}}], %s}]}
              """
                  .formatted(EVERYTHING)));

  private static final Map<String, JsonObject> LEVELS =
      Map.of(
          "exempt", read("{\"type\": \"Exempt\"}"),
          "catch-all",
              read(
                  """
                  {"type": "Limited", "limited": {"nominalConcurrencyShares": 5, "limitResponse": {"type": "Reject"},
                   "lendablePercent": 0}}
                  """));

  private FixedFlowSpecs() {}

  private static JsonObject read(String text) {
    return JsonReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  static @Nullable JsonObject ofSchema(String name) {
    return SCHEMAS.get(name);
  }

  /// Whether the spec of a priority level is as it must be. How the exempt one lends may be told otherwise.
  static boolean isLevelAsFixed(String name, JsonObject spec) {
    JsonObject fixed = LEVELS.get(name);
    if (fixed == null) {
      return true;
    }
    JsonObject compared = new JsonObject();
    for (JsonObject.Field field : spec) {
      if (!name.equals("exempt") || !field.name().equals("exempt")) {
        compared.set(field.name(), field.value());
      }
    }
    return Immutable.same(compared, fixed);
  }
}
