package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import org.jspecify.annotations.Nullable;

/// One object under validation.
///
/// @param old what it is to replace, null for a new one
record ValidationContext(
    ResourceType type,
    JsonObject object,
    @Nullable JsonObject old,
    Rules rules,
    FieldErrorList findings) {

  ValidatedObject root() {
    return new ValidatedObject(this, FieldPath.ROOT, object, old);
  }
}
