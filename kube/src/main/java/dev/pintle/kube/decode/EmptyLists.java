package dev.pintle.kube.decode;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.List;

/// Lists without items that say something else than absent ones: they get no default, an error shows them, or they take away what
/// would stay. An object in which one of them stands is refused, or has lost it before it is stored.
final class EmptyLists {
  private static final List<String> BACKEND = List.of("spec", "defaultBackend");
  private static final List<String> RULES = List.of("spec", "rules");
  private static final List<String> RANGES = List.of("spec", "cidrs");
  private static final List<List<String>> POLICIES =
      List.of(
          List.of("spec", "behavior", "scaleUp", "policies"),
          List.of("spec", "behavior", "scaleDown", "policies"));

  private EmptyLists() {}

  /// Puts what was sent back into the object that was made of it.
  static void keep(GroupVersionKind kind, JsonObject sent, JsonObject shaped) {
    switch (kind.group() + "/" + kind.kind()) {
      case "autoscaling/HorizontalPodAutoscaler" -> {
        if (kind.version().equals("v2")) {
          POLICIES.forEach(path -> keep(path, sent, shaped));
        }
      }
      case "networking.k8s.io/Ingress" -> {
        if (shaped.object(BACKEND) == null) {
          keep(RULES, sent, shaped);
        }
      }
      case "networking.k8s.io/ServiceCIDR" -> keep(RANGES, sent, shaped);
      default -> {}
    }
  }

  private static void keep(List<String> path, JsonObject sent, JsonObject shaped) {
    if (sent.get(path) instanceof JsonArray list && list.isEmpty()) {
      shaped.objectAt(path.subList(0, path.size() - 1)).set(path.getLast(), new JsonArray());
    }
  }
}
