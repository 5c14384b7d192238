package dev.pintle.kube.warning;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The warnings of kinds that make pods of a template.
final class WorkloadWarnings {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath TEMPLATE = SPEC.child("template");
  private static final FieldPath CRON_JOB = FieldPath.of("spec.jobTemplate.spec");
  private static final long COMPLETIONS_MAX = 100_000;
  private static final long PARALLELISM_MAX = 10_000;

  private WorkloadWarnings() {}

  static void onCreate(String kind, JsonObject object, Consumer<String> warnings) {
    switch (kind) {
      case "deployments.apps",
          "replicasets.apps",
          "replicationcontrollers",
          "jobs.batch",
          "cronjobs.batch" ->
          name(object, "Pod names and hostnames", warnings);
      default -> {}
    }
    template(kind, object, warnings);
    if (kind.equals("statefulsets.apps")) {
      claims(object, false, warnings);
    }
  }

  static void onUpdate(String kind, JsonObject object, JsonObject old, Consumer<String> warnings) {
    boolean isNew =
        kind.equals("daemonsets.apps")
            ? !Objects.equals(template(object), template(old))
            : ObjectWarnings.isNewGeneration(object, old);
    if (isNew) {
      // Upstream looks at the template that was.
      template(kind, kind.equals("replicationcontrollers") ? old : object, warnings);
    }
    switch (kind) {
      case "statefulsets.apps" -> claims(object, true, warnings);
      case "cronjobs.batch" -> schedule(object, warnings);
      default -> {}
    }
  }

  static void hostname(JsonObject pod, Consumer<String> warnings) {
    name(pod, "the Pod's hostname", warnings);
  }

  private static void name(JsonObject object, String used, Consumer<String> warnings) {
    List<String> wrong = Formats.dns1123Label(object.objectOrEmpty("metadata").textOrEmpty("name"));
    if (!wrong.isEmpty()) {
      warnings.accept(
          "metadata.name: this is used in %s, which can result in surprising behavior; a DNS label is recommended: [%s]"
              .formatted(used, String.join(" ", wrong)));
    }
  }

  private static JsonObject template(JsonObject workload) {
    return workload.objectOrEmpty("spec").objectOrEmpty("template");
  }

  private static void template(String kind, JsonObject object, Consumer<String> warnings) {
    switch (kind) {
      case "deployments.apps",
          "replicasets.apps",
          "daemonsets.apps",
          "statefulsets.apps",
          "replicationcontrollers" ->
          PodWarnings.of(TEMPLATE, template(object), warnings);
      case "podtemplates" ->
          PodWarnings.of(FieldPath.of("template"), object.objectOrEmpty("template"), warnings);
      case "jobs.batch" -> job(SPEC, object.objectOrEmpty("spec"), warnings);
      case "cronjobs.batch" ->
          job(
              CRON_JOB,
              object.objectOrEmpty("spec").objectOrEmpty("jobTemplate").objectOrEmpty("spec"),
              warnings);
      default -> {}
    }
  }

  private static void job(FieldPath path, JsonObject spec, Consumer<String> warnings) {
    if (spec.textOrEmpty("completionMode").equals("Indexed")
        && spec.wholeOrZero("completions") > COMPLETIONS_MAX
        && spec.wholeOrZero("parallelism") > PARALLELISM_MAX) {
      warnings.accept(
          ObjectWarnings.shown(
              path,
              "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail"));
    }
    PodWarnings.of(path.child("template"), spec.objectOrEmpty("template"), warnings);
  }

  private static void schedule(JsonObject cronJob, Consumer<String> warnings) {
    if (cronJob.objectOrEmpty("spec").textOrEmpty("schedule").contains("TZ")) {
      warnings.accept(
          "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
    }
  }

  /// @param isUpdate where upstream calls the place by another name
  private static void claims(JsonObject set, boolean isUpdate, Consumer<String> warnings) {
    JsonObject spec = set.objectOrEmpty("spec");
    List<JsonObject> claims = spec.objects("volumeClaimTemplates");
    for (int i = 0; i < claims.size(); i++) {
      FieldPath path = SPEC.child("volumeClaimTemplates").index(i);
      StorageWarnings.claim(
          isUpdate ? path.child("Spec") : path, claims.get(i).objectOrEmpty("spec"), warnings);
    }
    if (spec.wholeOrZero("revisionHistoryLimit") < 0) {
      warnings.accept(
          "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended");
    }
  }
}
