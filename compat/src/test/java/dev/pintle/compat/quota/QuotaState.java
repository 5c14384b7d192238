package dev.pintle.compat.quota;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// A quota as it was at one revision.
///
/// @param scope the one that it has, empty for none
/// @param hard what its status says may be used, in thousandths; nothing before it was counted
/// @param used what its status says is used
record QuotaState(
    String namespace, String name, String scope, Map<String, Long> hard, Map<String, Long> used) {
  static QuotaState of(JsonNode quota) {
    JsonNode status = quota.path("status");
    return new QuotaState(
        quota.path("metadata").path("namespace").asString(""),
        quota.path("metadata").path("name").asString(""),
        quota.path("spec").path("scopes").path(0).asString(""),
        amounts(status.path("hard")),
        amounts(status.path("used")));
  }

  static Map<String, Long> amounts(JsonNode list) {
    Map<String, Long> amounts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : list.properties()) {
      amounts.put(each.getKey(), Footprint.thousandths(each.getValue().asString("")));
    }
    return amounts;
  }
}
