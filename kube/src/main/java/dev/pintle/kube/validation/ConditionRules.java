package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.HashSet;
import java.util.Set;

/// The rules of conditions of the form that all kinds have in common.
final class ConditionRules {
  private static final int REASON_BYTES_MAX = 1024;
  private static final int MESSAGE_BYTES_MAX = 32 * 1024;
  private static final String NOT_A_REASON =
      "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";

  private ConditionRules() {}

  static void check(ValidatedObject holder, String field) {
    Set<String> types = new HashSet<>();
    for (ValidatedObject condition : holder.items(field)) {
      String type = condition.text("type");
      if (!types.add(type)) {
        condition.add(FieldError.duplicate(condition.path(), Json.of(type)));
      }
      if (type.isEmpty()) {
        condition.required("type", "is required");
      } else {
        Labels.checkKey(type, condition.path("type"), condition);
      }
      status(condition);
      if (condition.number("observedGeneration") < 0) {
        condition.invalid("observedGeneration", "must be greater than or equal to zero");
      }
      if (condition.text("lastTransitionTime").isEmpty()) {
        condition.required("lastTransitionTime", "");
      }
      reason(condition);
      if (Formats.isLonger(condition.text("message"), MESSAGE_BYTES_MAX)) {
        condition.add(FieldError.tooLong(condition.path("message"), MESSAGE_BYTES_MAX));
      }
    }
  }

  private static void status(ValidatedObject condition) {
    switch (condition.text("status")) {
      case "" -> condition.required("status", "");
      case "True", "False", "Unknown" -> {}
      default -> condition.notSupported("status", "False", "True", "Unknown");
    }
  }

  private static void reason(ValidatedObject condition) {
    String reason = condition.text("reason");
    if (reason.isEmpty()) {
      condition.required("reason", "");
      return;
    }
    if (!isReason(reason)) {
      condition.invalid("reason", NOT_A_REASON);
    }
    if (Formats.isLonger(reason, REASON_BYTES_MAX)) {
      condition.add(FieldError.tooLong(condition.path("reason"), REASON_BYTES_MAX));
    }
  }

  private static boolean isReason(String reason) {
    for (int i = 0; i < reason.length(); i++) {
      char c = reason.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean word = letter || (c >= '0' && c <= '9') || c == '_';
      boolean inside = word || c == ',' || c == ':';
      boolean last = i == reason.length() - 1;
      if (i == 0 ? !letter : last ? !word : !inside) {
        return false;
      }
    }
    return true;
  }
}
