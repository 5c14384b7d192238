package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.Map;

/// Lists and maps without entries in kinds of which upstream compares what was sent with what is stored as Go does: one that is
/// empty is not one that is absent, though both are stored alike. An object in which one was sent carries a mark, which who
/// updates objects takes off again.
public final class CountedEmpties {
  // No client can send a field of this name: it is no field of any kind.
  private static final String MARK = "\u0000empties";
  // Has its default instead, before anything is compared.
  private static final String FILLED_IN = "policyTypes";
  private static final Map<String, String> COMPARED =
      Map.of(
          "networking.k8s.io/NetworkPolicy", "spec",
          "admissionregistration.k8s.io/MutatingWebhookConfiguration", "webhooks",
          "admissionregistration.k8s.io/ValidatingWebhookConfiguration", "webhooks");

  private CountedEmpties() {}

  /// Takes the mark off an object that was read.
  ///
  /// @return whether it had one: then it counts as changed
  public static boolean take(JsonObject object) {
    return object.remove(MARK) != null;
  }

  static void mark(GroupVersionKind kind, SchemaNode node, JsonObject sent, JsonObject shaped) {
    String compared = COMPARED.get(kind.group() + "/" + kind.kind());
    if (compared == null) {
      return;
    }
    for (Field field : node.fields()) {
      if (field.name().equals(compared)
          && sent.get(compared) instanceof Json value
          && hasEmpty(field.node(), value)) {
        shaped.set(MARK, Json.of(true));
      }
    }
  }

  private static boolean hasEmpty(SchemaNode node, Json value) {
    if (value instanceof JsonArray list && node.kind() == ValueKind.LIST) {
      boolean found = list.isEmpty();
      for (Json item : list) {
        found |= hasEmpty(node.items(), item);
      }
      return found;
    }
    if (value instanceof JsonObject map && node.kind() == ValueKind.MAP) {
      return map.isEmpty();
    }
    boolean found = false;
    if (value instanceof JsonObject structure && node.kind() == ValueKind.OBJECT) {
      for (Field field : node.fields()) {
        Json part = structure.get(field.name());
        found |= part != null && !FILLED_IN.equals(field.name()) && hasEmpty(field.node(), part);
      }
    }
    return found;
  }
}
