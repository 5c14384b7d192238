package dev.pintle.compat.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The use that an object makes of quotas, reckoned from the object alone.
///
/// @param amounts by the names of resources, in thousandths
/// @param scopes of quotas in which it counts, beside those without one
record Footprint(Map<String, Long> amounts, Set<String> scopes) {
  private static final long ONE = 1000;
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  static Footprint of(RaceKind kind, JsonNode object) {
    Map<String, Long> amounts = new HashMap<>();
    Set<String> scopes = new TreeSet<>();
    switch (kind) {
      case CONFIG_MAP -> {
        amounts.put("configmaps", ONE);
        amounts.put("count/configmaps", ONE);
      }
      case SERVICE -> {
        amounts.put("services", ONE);
        if (object.path("spec").path("type").asString("").equals("NodePort")) {
          amounts.put("services.nodeports", ONE * object.path("spec").path("ports").size());
        }
      }
      case CLAIM -> {
        amounts.put("persistentvolumeclaims", ONE);
        JsonNode requests = object.path("spec").path("resources").path("requests");
        amounts.put("requests.storage", thousandths(requests.path("storage").asString("")));
      }
      case POD -> pod(object, amounts, scopes);
      case WIDGET -> amounts.put("count/widgets.race.example.com", ONE);
    }
    return new Footprint(amounts, scopes);
  }

  private static void pod(JsonNode pod, Map<String, Long> amounts, Set<String> scopes) {
    amounts.put("count/pods", ONE);
    long cpu = 0;
    for (JsonNode container : pod.path("spec").path("containers")) {
      cpu += thousandths(container.path("resources").path("requests").path("cpu").asString("0"));
    }
    scopes.add(cpu == 0 ? "BestEffort" : "NotBestEffort");
    scopes.add(pod.path("spec").has("activeDeadlineSeconds") ? "Terminating" : "NotTerminating");
    // A pod that is deleted without grace uses nothing from then on, though it is still seen for a
    // moment.
    boolean leaving = pod.path("metadata").has("deletionTimestamp");
    if (!leaving && !ENDED.contains(pod.path("status").path("phase").asString(""))) {
      amounts.put("pods", ONE);
      amounts.put("requests.cpu", cpu);
    }
  }

  /// An amount such as `3`, `250m` or `2Gi`.
  static long thousandths(String amount) {
    int digits = 0;
    while (digits < amount.length() && Character.isDigit(amount.charAt(digits))) {
      digits++;
    }
    long number = Long.parseLong(amount.substring(0, digits));
    return switch (amount.substring(digits)) {
      case "" -> number * ONE;
      case "m" -> number;
      case "Gi" -> (number << 30) * ONE;
      default -> throw new AssertionError(amount + ": not an amount of this race");
    };
  }
}
