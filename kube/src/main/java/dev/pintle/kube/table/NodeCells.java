package dev.pintle.kube.table;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// Cells of nodes and of the components of a control plane.
final class NodeCells {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
  private static final String ROLE_LABEL = "kubernetes.io/role";

  private NodeCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.of(
        "node-status", _ -> PlainCells.text(NodeCells::status),
        "node-roles", _ -> PlainCells.text(NodeCells::roles),
        "node-address", arguments -> PlainCells.text(node -> address(node, arguments.getFirst())),
        "component-status", _ -> PlainCells.text(NodeCells::componentStatus),
        "component-message",
            _ -> PlainCells.text(component -> NestedFields.text(healthy(component), "message")),
        "component-error",
            _ -> PlainCells.text(component -> NestedFields.text(healthy(component), "error")));
  }

  private static String status(JsonObject node) {
    JsonObject ready = NestedFields.condition(node, "Ready");
    String status =
        ready == null
            ? "Unknown"
            : NestedFields.hasTrueCondition(node, "Ready") ? "Ready" : "NotReady";
    return NestedFields.isTrue(node, "spec", "unschedulable")
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String roles(JsonObject node) {
    TreeSet<String> roles = new TreeSet<>();
    JsonObject labels = NestedFields.object(node, "metadata", "labels");
    if (labels != null) {
      for (JsonObject.Field label : labels) {
        if (label.name().startsWith(ROLE_PREFIX)) {
          roles.add(label.name().substring(ROLE_PREFIX.length()));
        } else if (label.name().equals(ROLE_LABEL)) {
          roles.add(NestedFields.scalar(label.value()));
        }
      }
    }
    roles.remove("");
    return roles.isEmpty() ? NestedFields.NONE : String.join(",", roles);
  }

  private static String address(JsonObject node, String type) {
    return NestedFields.objects(node, "status", "addresses").stream()
        .filter(address -> NestedFields.text(address, "type").equals(type))
        .findFirst()
        .map(address -> NestedFields.text(address, "address"))
        .orElse(NestedFields.NONE);
  }

  private static String componentStatus(JsonObject component) {
    return switch (NestedFields.text(healthy(component), "status")) {
      case "" -> "Unknown";
      case "True" -> "Healthy";
      default -> "Unhealthy";
    };
  }

  private static JsonObject healthy(JsonObject component) {
    return NestedFields.objects(component, "conditions").stream()
        .filter(condition -> NestedFields.text(condition, "type").equals("Healthy"))
        .findFirst()
        .orElseGet(JsonObject::new);
  }
}
