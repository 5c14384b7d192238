package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.List;
import java.util.Map;

/// The rules of what is told of a claim for storage: how much it has, and how far the growth of it is.
final class ClaimStatusRules {
  private static final String STORAGE = "storage";
  private static final List<String> STATES =
      List.of(
          "ControllerResizeInProgress",
          "ControllerResizeInfeasible",
          "NodeResizeInProgress",
          "NodeResizeInfeasible",
          "NodeResizePending");

  private ClaimStatusRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("claimStatus", ClaimStatusRules::claimStatus);
  }

  private static void claimStatus(ValidatedObject claim) {
    ValidatedObject status = claim.childOrEmpty("status");
    for (JsonObject.Field amount : status.map("capacity")) {
      isAmount(status, amount, status.path("capacity").key(amount.name()));
    }
    states(status);
    allocated(status);
  }

  /// Whether it is none below zero, which is told otherwise.
  private static boolean isAmount(ValidatedObject status, JsonObject.Field amount, FieldPath path) {
    Quantity quantity = ResourceNameRules.quantity(amount.value());
    if (quantity == null || quantity.value() >= 0) {
      return true;
    }
    status.add(
        FieldError.invalid(path, Json.of(quantity.value()), "must be a valid resource quantity"));
    return false;
  }

  private static void states(ValidatedObject status) {
    FieldPath path = status.path("allocatedResourceStatuses");
    for (JsonObject.Field state : status.map("allocatedResourceStatuses")) {
      isName(status, state.name(), path);
      boolean known = state.value() instanceof Json.Text(var text) && STATES.contains(text);
      if (!known) {
        status.add(FieldError.notSupportedWord(path, state.name(), STATES));
      }
    }
  }

  private static void allocated(ValidatedObject status) {
    FieldPath path = status.path("allocatedResources");
    for (JsonObject.Field amount : status.map("allocatedResources")) {
      if (isName(status, amount.name(), path)
          && isAmount(status, amount, path.key(amount.name()))) {
        ResourceNameRules.checkValue(STORAGE, amount.value(), path.key(amount.name()), status);
      }
    }
  }

  /// Of what is the server's own only storage can grow.
  private static boolean isName(ValidatedObject status, String name, FieldPath path) {
    List<String> complaints = Formats.qualifiedName(name);
    for (String complaint : complaints) {
      status.add(FieldError.invalid(path, Json.of(name), complaint));
    }
    if (!complaints.isEmpty()) {
      return false;
    }
    boolean foreign = !ResourceNameRules.isNative(name) || name.equals(STORAGE);
    if (!foreign) {
      status.add(FieldError.notSupportedWord(path, name, List.of(STORAGE)));
    }
    return foreign;
  }
}
