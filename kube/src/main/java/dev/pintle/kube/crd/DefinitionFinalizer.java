package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The first step of a definition's deletion: its custom resources are deleted before it is.
public final class DefinitionFinalizer {
  private DefinitionFinalizer() {}

  /// Makes a definition that is asked to go wait for its objects.
  public static void mark(JsonObject definition, Instant now) {
    JsonObject metadata = definition.objectAt("metadata");
    metadata.set("deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    JsonArray given = metadata.array("finalizers");
    JsonArray finalizers = given == null ? new JsonArray() : given;
    boolean there = false;
    for (Json finalizer : finalizers) {
      there |= finalizer.equals(Json.of(DefinitionController.CLEANUP_FINALIZER));
    }
    if (!there) {
      finalizers.add(Json.of(DefinitionController.CLEANUP_FINALIZER));
    }
    metadata.set("finalizers", finalizers);
    DefinitionConditions.set(
        definition,
        "Terminating",
        true,
        "InstanceDeletionPending",
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
        now);
  }
}
