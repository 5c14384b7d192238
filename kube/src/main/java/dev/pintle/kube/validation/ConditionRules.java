package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The rules of conditions in the form that all newer kinds share.
final class ConditionRules {
  private static final int REASON_BYTES_MAX = 1024;
  private static final int MESSAGE_BYTES_MAX = 32 * 1024;

  private ConditionRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("conditions", ConditionRules::conditions);
  }

  private static void conditions(ValidatedObject status) {
    Set<String> types = new HashSet<>();
    for (ValidatedObject condition : status.items("conditions")) {
      String type = condition.text("type");
      if (!types.add(type)) {
        condition.add(FieldError.duplicate(condition.path(), Json.of(type)));
      }
      condition(condition);
    }
  }

  private static void condition(ValidatedObject condition) {
    if (condition.text("type").isEmpty()) {
      condition.required("type", "is required");
    } else {
      condition.invalid("type", Formats.qualifiedName(condition.text("type")));
    }
    switch (condition.text("status")) {
      case "" -> condition.required("status", "");
      case "False", "True", "Unknown" -> {}
      default -> condition.notSupported("status", "False", "True", "Unknown");
    }
    if (condition.number("observedGeneration") < 0) {
      condition.invalid("observedGeneration", "must be greater than or equal to zero");
    }
    if (!condition.has("lastTransitionTime")) {
      condition.required("lastTransitionTime", "");
    }
    reason(condition);
    if (Formats.bytes(condition.text("message")) > MESSAGE_BYTES_MAX) {
      condition.add(FieldError.tooLong(condition.path("message"), MESSAGE_BYTES_MAX));
    }
  }

  private static void reason(ValidatedObject condition) {
    String reason = condition.text("reason");
    if (reason.isEmpty()) {
      condition.required("reason", "");
      return;
    }
    condition.invalid("reason", DataKeys.conditionReason(reason));
    if (Formats.bytes(reason) > REASON_BYTES_MAX) {
      condition.add(FieldError.tooLong(condition.path("reason"), REASON_BYTES_MAX));
    }
  }
}
