package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.OmitPolicy;
import java.util.Map;

/// Defaults of services that one line cannot say.
final class ServiceDefaults {
  private static final long CLIENT_AFFINITY_SECONDS = 10_800;

  private ServiceDefaults() {}

  static Map<String, NamedDefault> all() {
    return Map.of(
        "balancerModes",
        ServiceDefaults::balancerModes,
        "sessionAffinityConfig",
        ServiceDefaults::sessionAffinityConfig,
        "targetPorts",
        ServiceDefaults::targetPorts);
  }

  /// Of what is said to be reached through a balancer, when the service is of that type.
  private static void balancerModes(JsonObject service) {
    if (service.objectOrEmpty("spec").textOrEmpty("type").equals("LoadBalancer")) {
      JsonObject balancer = service.objectOrEmpty("status").objectOrEmpty("loadBalancer");
      for (JsonObject point : balancer.objects("ingress")) {
        if (!point.textOrEmpty("ip").isEmpty()
            && UnsetField.needsDefault(point.get("ipMode"), OmitPolicy.POINTER)) {
          point.set("ipMode", "VIP");
        }
      }
    }
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
    for (JsonObject port : spec.objects("ports")) {
      Json number = port.get("port");
      if (number != null && UnsetField.isUnset(port.get("targetPort"))) {
        port.set("targetPort", number);
      }
    }
  }
}
