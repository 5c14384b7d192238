package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cells of jobs, autoscalers, revisions and quotas.
final class WorkloadCells {
  private static final int METRICS_SHOWN_MAX = 2;
  private static final List<String> JOB_ENDS = List.of("Complete", "Failed");
  private static final List<String> JOB_STATES =
      List.of("Suspended", "FailureTarget", "SuccessCriteriaMet");

  private WorkloadCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.of(
        "job-status", _ -> PlainCells.text(WorkloadCells::jobStatus),
        "job-completions", _ -> PlainCells.text(WorkloadCells::jobCompletions),
        "job-duration", _ -> (job, now) -> Json.of(jobDuration(job, now)),
        "cronjob-last-schedule", _ -> (job, now) -> Json.of(lastSchedule(job, now)),
        "autoscaler-reference", _ -> PlainCells.text(WorkloadCells::scaled),
        "autoscaler-targets", _ -> PlainCells.text(WorkloadCells::targets),
        "revision-controller", _ -> PlainCells.text(WorkloadCells::controller),
        "quota-requests", _ -> PlainCells.text(quota -> quota(quota, false)),
        "quota-limits", _ -> PlainCells.text(quota -> quota(quota, true)));
  }

  private static String jobStatus(JsonObject job) {
    Optional<String> end = firstTrue(job, JOB_ENDS);
    if (end.isEmpty() && NestedFields.isDeleted(job)) {
      return "Terminating";
    }
    return end.or(() -> firstTrue(job, JOB_STATES)).orElse("Running");
  }

  private static Optional<String> firstTrue(JsonObject job, List<String> types) {
    return types.stream().filter(type -> NestedFields.hasTrueCondition(job, type)).findFirst();
  }

  private static String jobCompletions(JsonObject job) {
    long succeeded = NestedFields.whole(job, "status", "succeeded");
    if (NestedFields.isThere(job, "spec", "completions")) {
      return succeeded + "/" + NestedFields.whole(job, "spec", "completions");
    }
    long parallelism = NestedFields.whole(job, "spec", "parallelism");
    return parallelism > 1 ? "%d/1 of %d".formatted(succeeded, parallelism) : succeeded + "/1";
  }

  private static String jobDuration(JsonObject job, Instant now) {
    Instant end = NestedFields.time(job, "status", "completionTime").orElse(now);
    return NestedFields.time(job, "status", "startTime")
        .map(start -> HumanDuration.human(Duration.between(start, end)))
        .orElse("");
  }

  private static String lastSchedule(JsonObject job, Instant now) {
    return NestedFields.isThere(job, "status", "lastScheduleTime")
        ? HumanDuration.since(NestedFields.time(job, "status", "lastScheduleTime"), now)
        : NestedFields.NONE;
  }

  private static String scaled(JsonObject autoscaler) {
    JsonObject target = NestedFields.object(autoscaler, "spec", "scaleTargetRef");
    return NestedFields.text(target, "kind") + "/" + NestedFields.text(target, "name");
  }

  /// Version 1 of the autoscaler knows the share of CPU alone.
  private static String targets(JsonObject autoscaler) {
    if (NestedFields.isThere(autoscaler, "spec", "targetCPUUtilizationPercentage")) {
      return "cpu: %s/%s%%"
          .formatted(
              percent(
                  NestedFields.at(autoscaler, "status", "currentCPUUtilizationPercentage"),
                  NestedFields.UNKNOWN),
              NestedFields.whole(autoscaler, "spec", "targetCPUUtilizationPercentage"));
    }
    List<JsonObject> metrics = NestedFields.objects(autoscaler, "spec", "metrics");
    List<JsonObject> current = NestedFields.objects(autoscaler, "status", "currentMetrics");
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      shown.add(metric(metrics.get(i), i < current.size() ? current.get(i) : null));
    }
    if (shown.isEmpty()) {
      return NestedFields.NONE;
    }
    String text = String.join(", ", shown.subList(0, Math.min(METRICS_SHOWN_MAX, shown.size())));
    int more = shown.size() - METRICS_SHOWN_MAX;
    return more <= 0 ? text : "%s + %d more...".formatted(text, more);
  }

  private static String metric(JsonObject spec, @Nullable JsonObject status) {
    return switch (NestedFields.text(spec, "type")) {
      case "Resource" ->
          resource(spec.object("resource"), NestedFields.object(status, "resource", "current"));
      case "ContainerResource" ->
          resource(
              spec.object("containerResource"),
              NestedFields.object(status, "containerResource", "current"));
      case "Pods" ->
          average(spec.object("pods"), NestedFields.object(status, "pods", "current"), "");
      case "Object" ->
          valueOrAverage(spec.object("object"), NestedFields.object(status, "object", "current"));
      case "External" ->
          valueOrAverage(
              spec.object("external"), NestedFields.object(status, "external", "current"));
      default -> "<unknown type>";
    };
  }

  private static String resource(@Nullable JsonObject source, @Nullable JsonObject current) {
    String name = NestedFields.text(source, "name") + ": ";
    if (NestedFields.isThere(source, "target", "averageValue")) {
      return name + average(source, current, "");
    }
    return name
        + percent(NestedFields.at(current, "averageUtilization"), NestedFields.UNKNOWN)
        + "/"
        + percent(NestedFields.at(source, "target", "averageUtilization"), "<auto>");
  }

  private static String average(
      @Nullable JsonObject source, @Nullable JsonObject current, String suffix) {
    return NestedFields.textOr(NestedFields.UNKNOWN, current, "averageValue")
        + "/"
        + NestedFields.text(source, "target", "averageValue")
        + suffix;
  }

  private static String valueOrAverage(@Nullable JsonObject source, @Nullable JsonObject current) {
    return NestedFields.isThere(source, "target", "averageValue")
        ? average(source, current, " (avg)")
        : NestedFields.textOr(NestedFields.UNKNOWN, current, "value")
            + "/"
            + NestedFields.text(source, "target", "value");
  }

  private static String percent(@Nullable Json value, String whenAbsent) {
    return value == null ? whenAbsent : NestedFields.scalar(value) + "%";
  }

  private static String controller(JsonObject revision) {
    for (JsonObject owner : NestedFields.objects(revision, "metadata", "ownerReferences")) {
      if (NestedFields.isTrue(owner, "controller")) {
        String apiVersion = NestedFields.text(owner, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
        return (NestedFields.text(owner, "kind") + group).toLowerCase(Locale.ROOT)
            + "/"
            + NestedFields.text(owner, "name");
      }
    }
    return NestedFields.NONE;
  }

  private static String quota(JsonObject quota, boolean limits) {
    JsonObject hard = NestedFields.object(quota, "status", "hard");
    List<String> shown = new ArrayList<>();
    if (hard != null) {
      for (JsonObject.Field entry : hard) {
        if (entry.name().startsWith("limits.") == limits) {
          String used = NestedFields.textOr("0", quota, "status", "used", entry.name());
          shown.add("%s: %s/%s".formatted(entry.name(), used, NestedFields.scalar(entry.value())));
        }
      }
    }
    shown.sort(null);
    return String.join(", ", shown);
  }
}
