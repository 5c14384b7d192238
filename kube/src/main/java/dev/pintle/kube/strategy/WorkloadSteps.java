package dev.pintle.kube.strategy;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of jobs, deployments and daemon sets.
final class WorkloadSteps {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
  private static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
  private static final List<String> UID_LABELS = List.of("controller-uid", CONTROLLER_UID);
  private static final List<String> NAME_LABELS =
      List.of("job-name", "batch.kubernetes.io/job-name");

  private WorkloadSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "generatedSelector",
        (object, _) -> generatedSelector(object),
        "labelsOfTemplate",
        (object, _) -> labelsOfTemplate(object),
        "annotationsCount",
        WorkloadSteps::annotationsCount,
        "firstTemplate",
        (object, _) -> firstTemplate(object),
        "nextTemplate",
        WorkloadSteps::nextTemplate,
        "sameTemplate",
        (object, old) -> setTemplateGeneration(object, templateGeneration(old)));
  }

  /// The pods of a job are found by its uid, unless the client wants to say by what.
  private static void generatedSelector(JsonObject job) {
    JsonObject spec = job.objectAt("spec");
    if (Json.Bool.TRUE.equals(spec.get("manualSelector"))) {
      return;
    }
    JsonObject metadata = job.objectAt("metadata");
    String uid = metadata.textOrEmpty("uid");
    JsonObject labels = spec.objectAt("template").objectAt("metadata").objectAt("labels");
    JsonObject own = metadata.object("labels");
    boolean shared = own == null || own.isEmpty() || own.equals(labels);
    setAbsent(labels, NAME_LABELS, metadata.textOrEmpty("name"));
    setAbsent(labels, UID_LABELS, uid);
    setAbsent(spec.objectAt("selector").objectAt("matchLabels"), List.of(CONTROLLER_UID), uid);
    if (shared) {
      metadata.set("labels", labels.copy());
    }
  }

  /// What has no labels has those of its pods, whenever it is read.
  private static void labelsOfTemplate(JsonObject workload) {
    JsonObject metadata = workload.objectAt("metadata");
    JsonObject template = workload.objectOrEmpty("spec").objectOrEmpty("template");
    JsonObject labels = template.objectOrEmpty("metadata").objectOrEmpty("labels");
    if (metadata.objectOrEmpty("labels").isEmpty() && !labels.isEmpty()) {
      metadata.set("labels", labels.copy());
    }
  }

  private static void setAbsent(JsonObject labels, List<String> names, String value) {
    for (String name : names) {
      if (!labels.has(name)) {
        labels.set(name, value);
      }
    }
    FieldOrder.sort(labels);
  }

  /// Tools keep what they roll back to in annotations, so a change of those is one of the deployment too.
  private static void annotationsCount(JsonObject deployment, JsonObject old) {
    JsonObject metadata = deployment.objectAt("metadata");
    JsonObject before = old.objectAt("metadata");
    boolean sameSpec = same(deployment.get("spec"), old.get("spec"));
    if (sameSpec
        && !same(metadata.get("annotations"), before.get("annotations"))
        && before.get("generation") instanceof Json.Whole(var generation)) {
      metadata.set("generation", Json.of(generation + 1));
    }
  }

  private static boolean same(@Nullable Json one, @Nullable Json other) {
    return (one == null ? new JsonObject() : one).equals(other == null ? new JsonObject() : other);
  }

  /// Its versioned form always says which template it is at, if only in an annotation.
  static void sayTemplateGeneration(JsonObject daemons) {
    JsonObject annotations = daemons.objectAt("metadata").object("annotations");
    if (annotations == null || !annotations.has(TEMPLATE_GENERATION)) {
      setTemplateGeneration(daemons, 0);
    }
  }

  private static void firstTemplate(JsonObject daemons) {
    setTemplateGeneration(daemons, Math.max(1, templateGeneration(daemons)));
  }

  private static void nextTemplate(JsonObject daemons, JsonObject old) {
    boolean changed =
        !same(daemons.objectAt("spec").get("template"), old.objectAt("spec").get("template"));
    setTemplateGeneration(daemons, templateGeneration(old) + (changed ? 1 : 0));
  }

  private static long templateGeneration(JsonObject daemons) {
    JsonObject annotations = daemons.objectAt("metadata").object("annotations");
    String text = annotations == null ? null : annotations.text(TEMPLATE_GENERATION);
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static void setTemplateGeneration(JsonObject daemons, long generation) {
    daemons
        .objectAt("metadata")
        .objectAt("annotations")
        .set(TEMPLATE_GENERATION, Long.toString(generation));
  }
}
