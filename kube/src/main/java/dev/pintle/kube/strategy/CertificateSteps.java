package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The strategy of CertificateSigningRequests: the sub-resources `status` and `approval` each change only what they are
/// for.
final class CertificateSteps {
  private CertificateSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "onlyConditions", CertificateSteps::onlyConditions,
        "decisionsKept", CertificateSteps::decisionsKept);
  }

  /// Of the status, who decides may set conditions alone.
  private static void onlyConditions(JsonObject request, JsonObject old) {
    JsonObject sent = request.object("status");
    Json conditions = sent == null ? null : sent.get("conditions");
    JsonObject status = old.objectOrEmpty("status").copy();
    if (conditions == null) {
      status.remove("conditions");
    } else {
      status.set("conditions", conditions);
    }
    request.set("status", status);
  }

  /// Decisions stay as they are, unless some were added or taken away, which is refused later.
  private static void decisionsKept(JsonObject request, JsonObject old) {
    JsonArray conditions = request.objectAt("status").array("conditions");
    JsonObject status = old.object("status");
    if (conditions == null || status == null) {
      return;
    }
    for (String type : List.of("Approved", "Denied")) {
      List<Integer> now = places(conditions, type);
      JsonArray before = status.array("conditions");
      List<Integer> then = before == null ? List.of() : places(before, type);
      if (before != null && now.size() == then.size()) {
        for (int i = 0; i < now.size(); i++) {
          conditions.set(now.get(i), before.at(then.get(i)).copy());
        }
      }
    }
  }

  private static List<Integer> places(JsonArray conditions, String type) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.at(i) instanceof JsonObject condition && type.equals(condition.text("type"))) {
        places.add(i);
      }
    }
    return places;
  }
}
