package dev.pintle.kube.conversion;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;

/// The conversion of PriorityLevelConfigurations: in v1beta3 no shares means the default, unless an annotation says that none are meant.
public final class PriorityLevels {
  /// The annotation, whatever its value; only there in v1beta3.
  public static final String NONE_MEANT =
      "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";

  static final String KIND = "PriorityLevelConfiguration";

  private static final String SHARES = "nominalConcurrencyShares";
  private static final long SHARES_DEFAULT = 30L;

  private PriorityLevels() {}

  static JsonObject upward(JsonObject level) {
    JsonObject metadata = level.objectOrEmpty("metadata");
    JsonObject annotations = metadata.objectOrEmpty("annotations");
    boolean meant = annotations.has(NONE_MEANT);
    if (meant) {
      annotations.remove(NONE_MEANT);
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
    JsonObject limited = level.objectOrEmpty("spec").object("limited");
    if (limited != null && limited.wholeOrZero(SHARES) == 0) {
      limited.set(SHARES, Json.of(meant ? 0 : SHARES_DEFAULT));
    }
    return level;
  }

  static JsonObject downward(JsonObject level) {
    JsonObject limited = level.objectOrEmpty("spec").object("limited");
    JsonObject metadata = level.object("metadata");
    if (metadata != null && limited != null && limited.wholeOrZero(SHARES) == 0) {
      JsonObject annotations = metadata.objectOrEmpty("annotations");
      metadata.set("annotations", annotations.set(NONE_MEANT, ""));
    }
    return level;
  }
}
