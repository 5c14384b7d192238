package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// References to owners that an object names more than once: the first one stays, and whoever sent them is told.
final class DuplicateOwners {
  private static final String AFTER_ADMISSION = " after mutating admission happens";
  private static final List<String> FIELDS =
      List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion");

  private DuplicateOwners() {}

  /// Looks at what a client sent.
  static void merge(JsonObject object, Consumer<String> warnings) {
    merge(object, "", warnings);
  }

  /// Looks at what a patch made.
  static void mergePatched(JsonObject object, Consumer<String> warnings) {
    merge(object, AFTER_ADMISSION, warnings);
  }

  private static void merge(JsonObject object, String when, Consumer<String> warnings) {
    JsonObject metadata = object.object("metadata");
    JsonArray references = metadata == null ? null : metadata.array("ownerReferences");
    if (metadata == null || references == null || references.size() < 2) {
      return;
    }
    Set<JsonObject> seen = new HashSet<>();
    JsonArray kept = new JsonArray();
    List<String> duplicates = new ArrayList<>();
    for (Json reference : references) {
      if (reference instanceof JsonObject owner && !seen.add(known(owner))) {
        duplicates.add(owner.textOrEmpty("uid"));
      } else {
        kept.add(reference);
      }
    }
    if (!duplicates.isEmpty()) {
      metadata.set("ownerReferences", kept);
      warnings.accept(
          ".metadata.ownerReferences contains duplicate entries%s; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: %s"
              .formatted(when, String.join(", ", duplicates)));
    }
  }

  /// What the API knows of a reference: nothing, null and an empty text are the same.
  private static JsonObject known(JsonObject owner) {
    JsonObject known = new JsonObject();
    for (String field : FIELDS) {
      Json value = owner.get(field);
      if (value != null && !isNothing(value)) {
        known.set(field, value);
      }
    }
    return known;
  }

  private static boolean isNothing(Json value) {
    return value instanceof Json.Null
        || (value instanceof Json.Text(String text) && text.isEmpty());
  }
}
