package dev.pintle.kube.definition;

import dev.pintle.kube.crd.ApiApproval;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import org.jspecify.annotations.Nullable;

/// The check that definitions of protected groups say that they were reviewed, or why not.
final class ApprovalCheck {
  private ApprovalCheck() {}

  /// An approval that did not change is not asked about again.
  static void check(
      JsonObject definition, @Nullable JsonObject old, String group, DefinitionErrors found) {
    ApiApproval.State state = ApiApproval.state(definition);
    if (!ApiApproval.isProtected(group) || (old != null && ApiApproval.state(old) == state)) {
      return;
    }
    FieldPath path = FieldPath.of("metadata.annotations").key(ApiApproval.ANNOTATION);
    String message = ApiApproval.message(definition);
    switch (state) {
      case MISSING -> found.required(path, message);
      case INVALID -> found.invalid(path, ApiApproval.annotation(definition), message);
      case APPROVED, BYPASSED -> {}
    }
  }
}
