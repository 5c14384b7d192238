package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.Map;

/// Defaults of services that one line cannot say.
final class ServiceRules {
  private static final long CLIENT_AFFINITY_SECONDS = 10_800;

  private ServiceRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "sessionAffinityConfig",
        ServiceRules::sessionAffinityConfig,
        "targetPorts",
        ServiceRules::targetPorts);
  }

  private static void sessionAffinityConfig(JsonObject spec) {
    String affinity = spec.text("sessionAffinity");
    if ("None".equals(affinity)) {
      spec.remove("sessionAffinityConfig");
    } else if ("ClientIP".equals(affinity)) {
      JsonObject client = spec.objectAt("sessionAffinityConfig").objectAt("clientIP");
      if (!(client.get("timeoutSeconds") instanceof Json.Whole)) {
        client.set("timeoutSeconds", Json.of(CLIENT_AFFINITY_SECONDS));
      }
    }
  }

  private static void targetPorts(JsonObject spec) {
    for (JsonObject port : Items.objects(spec.array("ports"))) {
      Json number = port.get("port");
      if (number != null && Unset.isUnset(port.get("targetPort"))) {
        port.set("targetPort", number);
      }
    }
  }
}
