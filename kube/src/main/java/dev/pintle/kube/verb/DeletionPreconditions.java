package dev.pintle.kube.verb;

import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.StoredObject;
import org.jspecify.annotations.Nullable;

/// The check of what a deletion says of the object that it is meant for. An empty text is something too, which no object has.
final class DeletionPreconditions {
  private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

  private DeletionPreconditions() {}

  /// Refuses what is not the object, or not the state of it, that the deletion is meant for.
  static void require(ResourceType type, DeleteOptions options, StoredObject stored) {
    if (options.onlyUnreadable()) {
      throw StatusErrors.conflict(type, stored.name(), readable(stored));
    }
    String version = Long.toString(stored.version());
    if (differs(options.uid(), stored.uid())) {
      throw refusal(type, stored, "UID", options.uid(), stored.uid(), "deleted and then recreated");
    }
    if (differs(options.resourceVersion(), version)) {
      throw refusal(
          type, stored, "ResourceVersion", options.resourceVersion(), version, "modified");
    }
  }

  private static boolean differs(@Nullable String wanted, String there) {
    return wanted != null && !wanted.equals(there);
  }

  /// Why an object is not deleted as one that cannot be read.
  private static String readable(StoredObject stored) {
    return "StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg: unsafe deletion is not allowed because the object is decodable from storage"
        .formatted(stored.key().utf8());
  }

  /// Kinds that are deleted in a way of their own upstream are asked in words of their own.
  private static StatusError refusal(
      ResourceType type,
      StoredObject stored,
      String what,
      @Nullable String wanted,
      String there,
      String happened) {
    boolean definition = type.groupResource().equals(DEFINITIONS);
    if (definition || NamespaceFinalizers.is(type)) {
      return StatusErrors.conflict(
          type,
          stored.name(),
          "%s failed: %s in precondition: %s, %s in object meta: %s"
              .formatted(definition ? "precondition" : "Precondition", what, wanted, what, there));
    }
    return StatusErrors.preconditionFailed(
        type,
        stored.name(),
        "the %s in the precondition (%s) does not match the %s in record (%s). The object might have been %s"
            .formatted(what, wanted, what, there, happened));
  }
}
