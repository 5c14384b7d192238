package dev.pintle.kube.crd;

import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.util.Collection;

/// The computation of a definition's status, as upstream's naming, establishing and approval controllers do it one after
/// another.
final class DefinitionStatus {
  private DefinitionStatus() {}

  /// The definition with its status as it must be.
  ///
  /// @param others the other definitions of the same group
  /// @param served whether resources of its group are served at all
  static CustomResourceDefinition settle(
      CustomResourceDefinition definition,
      Collection<CustomResourceDefinition> others,
      boolean served,
      Instant now) {
    JsonObject object = definition.object().copy();
    AcceptedNames.Verdict verdict = new AcceptedNames(others).judge(definition);
    object.objectAt("status").set("acceptedNames", verdict.accepted());
    verdict
        .refusal()
        .ifPresentOrElse(
            refusal -> refused(object, refusal, now),
            () ->
                DefinitionConditions.set(
                    object, "NamesAccepted", true, "NoConflicts", "no conflicts found", now));
    if (!served) {
      keptOut(object, definition, now);
    } else if (verdict.refusal().isEmpty()) {
      established(object, now);
    } else if (!definition.hasTrueCondition("Established")) {
      DefinitionConditions.set(
          object, "Established", false, "NotAccepted", "not all names are accepted", now);
    }
    approval(object, definition, now);
    if (definition.isBeingDeleted()) {
      DefinitionConditions.set(
          object,
          "Terminating",
          true,
          "InstanceDeletionInProgress",
          "CustomResource deletion is in progress",
          now);
    }
    return definition.with(object);
  }

  private static void approval(
      JsonObject object, CustomResourceDefinition definition, Instant now) {
    if (ApiApproval.isProtected(definition.group())) {
      ApiApproval.State state = ApiApproval.state(object);
      DefinitionConditions.set(
          object,
          "KubernetesAPIApprovalPolicyConformant",
          state.conformant(),
          state.reason(),
          ApiApproval.message(object),
          now);
    }
  }

  private static void established(JsonObject object, Instant now) {
    DefinitionConditions.set(
        object,
        "Established",
        true,
        "InitialNamesAccepted",
        "the initial names have been accepted",
        now);
  }

  /// Upstream says nothing of it; who reads the status is told why the resource is not there.
  private static void keptOut(JsonObject object, CustomResourceDefinition definition, Instant now) {
    DefinitionConditions.set(
        object,
        "Established",
        false,
        "BuiltInGroup",
        "the API group \"%s\" is built in: resources that definitions add to it are not served"
            .formatted(definition.group()),
        now);
  }

  private static void refused(JsonObject object, AcceptedNames.Refusal refusal, Instant now) {
    DefinitionConditions.set(
        object, "NamesAccepted", false, refusal.reason(), refusal.message(), now);
  }
}
