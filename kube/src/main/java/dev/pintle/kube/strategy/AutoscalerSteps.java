package dev.pintle.kube.strategy;

import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The steps of autoscalers of autoscaling/v1, which keep parts of their spec and of their status in annotations.
final class AutoscalerSteps {
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final List<String> OF_SPEC = List.of(PREFIX + "metrics", PREFIX + "behavior");
  private static final List<String> OF_STATUS =
      List.of(PREFIX + "current-metrics", PREFIX + "conditions");

  private static final GroupVersionKind V1 =
      GroupVersionKind.of("autoscaling/v1", "HorizontalPodAutoscaler");
  private static final GroupVersionKind V2 =
      GroupVersionKind.of("autoscaling/v2", "HorizontalPodAutoscaler");
  private static final Conversions CONVERSIONS = new Conversions();

  private AutoscalerSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "noAnnotatedStatus",
        (object, _) -> keep(object, new JsonObject(), OF_STATUS),
        "sameAnnotatedStatus",
        (object, old) -> {
          keep(object, old, OF_STATUS);
          countAnnotatedSpec(object, old);
        },
        "sameAnnotatedSpec",
        (object, old) -> keep(object, old, OF_SPEC));
  }

  /// A change of the spec is one wherever it is said; one that is said in the spec itself is counted as of every kind. What
  /// is only said otherwise, as a target that is left to its default, is none.
  private static void countAnnotatedSpec(JsonObject object, JsonObject old) {
    JsonObject metadata = object.objectAt("metadata");
    if (V1.groupVersion().text().equals(object.text("apiVersion"))
        && old.objectAt("metadata").get("generation") instanceof Json.Whole(long generation)) {
      boolean saidAlike = Objects.equals(object.get("spec"), old.get("spec"));
      boolean same = Objects.equals(spec(object), spec(old));
      if (same && !saidAlike && old.get("spec") instanceof Json spec) {
        object.set("spec", spec.copy());
      }
      metadata.set("generation", Json.of(saidAlike && !same ? generation + 1 : generation));
    }
  }

  private static @Nullable Json spec(JsonObject object) {
    return CONVERSIONS.convert(object.copy(), V1, V2).get("spec");
  }

  private static void keep(JsonObject object, JsonObject old, List<String> names) {
    JsonObject before = old.objectOrEmpty("metadata").objectOrEmpty("annotations");
    JsonObject metadata = object.objectAt("metadata");
    for (String name : names) {
      if (before.text(name) instanceof String text) {
        metadata.objectAt("annotations").set(name, text);
      } else if (metadata.object("annotations") instanceof JsonObject annotations) {
        annotations.remove(name);
        if (annotations.isEmpty()) {
          metadata.remove("annotations");
        }
      }
    }
  }
}
