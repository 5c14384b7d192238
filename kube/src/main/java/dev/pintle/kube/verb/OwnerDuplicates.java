package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The references to owners that an object has twice; the second is left out, and the client is told.
final class OwnerDuplicates {
  /// Of what a client sent.
  static final String SENT = "";

  /// Of what a patch or admission made.
  static final String MADE = " after mutating admission happens";

  private static final String FIELD = "ownerReferences";

  private OwnerDuplicates() {}

  /// @param when [#SENT] or [#MADE]
  static void remove(JsonObject object, String when, Consumer<? super String> warnings) {
    JsonObject metadata = object.object("metadata");
    JsonArray references = metadata == null ? null : metadata.array(FIELD);
    if (metadata == null || references == null || references.size() < 2) {
      return;
    }
    Set<Json> known = new HashSet<>();
    List<String> uids = new ArrayList<>();
    JsonArray kept = new JsonArray();
    for (Json reference : references) {
      if (known.add(reference)) {
        kept.add(reference);
      } else if (reference instanceof JsonObject twice) {
        uids.add(twice.textOrEmpty("uid"));
      }
    }
    if (!uids.isEmpty()) {
      metadata.set(FIELD, kept);
      warnings.accept(
          ".metadata.ownerReferences contains duplicate entries%s; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: %s"
              .formatted(when, String.join(", ", uids)));
    }
  }
}
