package dev.pintle.kube.table;

import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The summary of a pod's many statuses in one word and three numbers. The word is the phase unless something says
/// more: a gate of the scheduler, a container that is initialized, waits or has ended, or the pod's deletion.
final class PodSummary {
  private final JsonObject pod;
  private final Set<String> sidecars = new HashSet<>();
  private final List<JsonObject> initContainers;
  private String reason;
  private int readyContainers;
  private int totalContainers;
  private long restarts;
  private long sidecarRestarts;
  private Optional<Instant> lastRestart = Optional.empty();
  private Optional<Instant> lastSidecarRestart = Optional.empty();

  private PodSummary(JsonObject pod) {
    this.pod = pod;
    this.initContainers = NestedFields.objects(pod, "spec", "initContainers");
    this.totalContainers = NestedFields.objects(pod, "spec", "containers").size();
    this.reason =
        NestedFields.textOr(NestedFields.text(pod, "status", "phase"), pod, "status", "reason");
  }

  static PodSummary of(JsonObject pod) {
    PodSummary summary = new PodSummary(pod);
    summary.countSidecars();
    summary.schedulingGate();
    boolean initializing = summary.initContainers();
    if (!initializing || NestedFields.hasTrueCondition(pod, "Initialized")) {
      summary.containers();
    }
    summary.deletion();
    return summary;
  }

  String reason() {
    return reason;
  }

  String ready() {
    return readyContainers + "/" + totalContainers;
  }

  String restarts(Instant now) {
    if (restarts == 0 || lastRestart.isEmpty()) {
      return Long.toString(restarts);
    }
    return "%d (%s ago)".formatted(restarts, HumanDuration.since(lastRestart, now));
  }

  private void countSidecars() {
    for (JsonObject container : initContainers) {
      if (NestedFields.text(container, "restartPolicy").equals("Always")) {
        sidecars.add(NestedFields.text(container, "name"));
        totalContainers++;
      }
    }
  }

  private void schedulingGate() {
    JsonObject scheduled = NestedFields.condition(pod, "PodScheduled");
    if (NestedFields.text(scheduled, "reason").equals("SchedulingGated")) {
      reason = "SchedulingGated";
    }
  }

  /// Whether an init container keeps the pod from starting; the first one that does gives the reason.
  private boolean initContainers() {
    int position = 0;
    for (JsonObject status : NestedFields.objects(pod, "status", "initContainerStatuses")) {
      boolean sidecar = sidecars.contains(NestedFields.text(status, "name"));
      countRestarts(status, sidecar);
      JsonObject ended = NestedFields.object(status, "state", "terminated");
      boolean done = ended != null && NestedFields.whole(ended, "exitCode") == 0;
      boolean running = sidecar && NestedFields.isTrue(status, "started");
      if (!done && running) {
        readyContainers += NestedFields.isTrue(status, "ready") ? 1 : 0;
      }
      if (!done && !running) {
        reason = "Init:" + initReason(status, position);
        return true;
      }
      position++;
    }
    return false;
  }

  private void countRestarts(JsonObject status, boolean sidecar) {
    long count = NestedFields.whole(status, "restartCount");
    Optional<Instant> ended = NestedFields.time(status, "lastState", "terminated", "finishedAt");
    restarts += count;
    lastRestart = later(lastRestart, ended);
    if (sidecar) {
      sidecarRestarts += count;
      lastSidecarRestart = later(lastSidecarRestart, ended);
    }
  }

  private String initReason(JsonObject status, int position) {
    JsonObject ended = NestedFields.object(status, "state", "terminated");
    if (ended != null) {
      return endReason(ended);
    }
    String waiting = NestedFields.text(status, "state", "waiting", "reason");
    return waiting.isEmpty() || waiting.equals("PodInitializing")
        ? position + "/" + initContainers.size()
        : waiting;
  }

  private static String endReason(JsonObject ended) {
    long signal = NestedFields.whole(ended, "signal");
    String number =
        signal != 0 ? "Signal:" + signal : "ExitCode:" + NestedFields.whole(ended, "exitCode");
    return NestedFields.textOr(number, ended, "reason");
  }

  private void containers() {
    restarts = sidecarRestarts;
    lastRestart = lastSidecarRestart;
    boolean running = false;
    String error = "";
    for (JsonObject status : NestedFields.objects(pod, "status", "containerStatuses").reversed()) {
      countRestarts(status, false);
      String waiting = NestedFields.text(status, "state", "waiting", "reason");
      JsonObject ended = NestedFields.object(status, "state", "terminated");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (ended != null) {
        reason = endReason(ended);
        error = NestedFields.whole(ended, "exitCode") != 0 ? reason : error;
      } else if (NestedFields.isTrue(status, "ready")
          && NestedFields.isThere(status, "state", "running")) {
        running = true;
        readyContainers++;
      }
    }
    completed(running, error);
  }

  /// A pod in which something still runs is not completed.
  private void completed(boolean running, String error) {
    if (!reason.equals("Completed")) {
      return;
    }
    if (running && NestedFields.hasTrueCondition(pod, "Ready")) {
      reason = "Running";
    } else if (!error.isEmpty()) {
      reason = error;
    } else if (running) {
      reason = "NotReady";
    }
  }

  private void deletion() {
    if (!NestedFields.isDeleted(pod)) {
      return;
    }
    String phase = NestedFields.text(pod, "status", "phase");
    if (NestedFields.text(pod, "status", "reason").equals("NodeLost")) {
      reason = "Unknown";
    } else if (!phase.equals("Failed") && !phase.equals("Succeeded")) {
      reason = "Terminating";
    }
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return a.isEmpty() || (b.isPresent() && b.get().isAfter(a.get())) ? b.or(() -> a) : a;
  }
}
