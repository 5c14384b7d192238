package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import org.jspecify.annotations.Nullable;

/// One object under validation.
///
/// @param old what it is to replace, null for a new one
/// @param oldFaults of what it is to replace, looked for once
record ValidationContext(
    ResourceType type,
    JsonObject object,
    @Nullable JsonObject old,
    Rules rules,
    FieldErrorList findings,
    OldFaults oldFaults) {

  ValidationContext(
      ResourceType type,
      JsonObject object,
      @Nullable JsonObject old,
      Rules rules,
      FieldErrorList findings) {
    this(type, object, old, rules, findings, new OldFaults());
  }

  ValidatedObject root() {
    return new ValidatedObject(this, FieldPath.ROOT, object, old);
  }
}
