package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.List;
import java.util.Map;

/// The steps by which who writes a status leaves the metadata as they are.
final class MetadataSteps {
  private static final List<String> KEPT =
      List.of(
          "deletionTimestamp",
          "selfLink",
          "labels",
          "annotations",
          "finalizers",
          "ownerReferences");
  private static final List<String> OF_THE_WRITE = List.of("managedFields", "resourceVersion");

  private MetadataSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "metadataKept", MetadataSteps::kept,
        "wholeMetadataKept", MetadataSteps::wholeKept);
  }

  private static void kept(JsonObject object, JsonObject old) {
    for (String field : KEPT) {
      new StrategyStep.Keep(List.of("metadata", field)).apply(object, old);
    }
  }

  /// Names and what the server says of the object included.
  private static void wholeKept(JsonObject object, JsonObject old) {
    JsonObject metadata = old.objectAt("metadata").copy();
    JsonObject sent = object.objectAt("metadata");
    for (String field : OF_THE_WRITE) {
      Json value = sent.get(field);
      if (value == null) {
        metadata.remove(field);
      } else {
        metadata.set(field, value);
      }
    }
    object.set("metadata", metadata);
  }
}
