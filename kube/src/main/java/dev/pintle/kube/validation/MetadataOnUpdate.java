package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// The rules of what an update may not change in the metadata of any object.
final class MetadataOnUpdate {
  private static final List<String> KEPT =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private MetadataOnUpdate() {}

  static void check(ValidatedObject object) {
    ValidatedObject metadata = object.childOrEmpty("metadata");
    JsonObject old = metadata.old();
    if (old == null) {
      throw new IllegalStateException("metadata of an update: no old object (expected: one)");
    }
    if (old.text("deletionTimestamp") != null) {
      Finalizers.refuseNew(metadata.texts("finalizers"), old.texts("finalizers"), metadata);
    }
    if (metadata.text("resourceVersion").isEmpty()) {
      metadata.invalidText("resourceVersion", "must be specified for an update");
    }
    metadata.notNegative("generation");
    if (metadata.number("generation") < old.wholeOrZero("generation")) {
      metadata.invalid("generation", "must not be decremented");
    }
    for (String field : KEPT) {
      if (!field.equals("uid")) {
        Immutable.check(metadata, field);
      } else if (Immutable.isChanged(metadata, field)) {
        metadata.invalidWord(field, Immutable.MESSAGE);
      }
    }
  }
}
