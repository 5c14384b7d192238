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
    this.initContainers = Values.objects(pod, "spec", "initContainers");
    this.totalContainers = Values.objects(pod, "spec", "containers").size();
    this.reason = Values.textOr(Values.text(pod, "status", "phase"), pod, "status", "reason");
  }

  static PodSummary of(JsonObject pod) {
    PodSummary summary = new PodSummary(pod);
    summary.countSidecars();
    summary.schedulingGate();
    boolean initializing = summary.initContainers();
    if (!initializing || Values.hasTrueCondition(pod, "Initialized")) {
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
      if (Values.text(container, "restartPolicy").equals("Always")) {
        sidecars.add(Values.text(container, "name"));
        totalContainers++;
      }
    }
  }

  private void schedulingGate() {
    JsonObject scheduled = Values.condition(pod, "PodScheduled");
    if (Values.text(scheduled, "reason").equals("SchedulingGated")) {
      reason = "SchedulingGated";
    }
  }

  /// Whether an init container keeps the pod from starting; the first one that does gives the reason.
  private boolean initContainers() {
    int position = 0;
    for (JsonObject status : Values.objects(pod, "status", "initContainerStatuses")) {
      boolean sidecar = sidecars.contains(Values.text(status, "name"));
      countRestarts(status, sidecar);
      JsonObject ended = Values.object(status, "state", "terminated");
      boolean done = ended != null && Values.whole(ended, "exitCode") == 0;
      boolean running = sidecar && Values.isTrue(status, "started");
      if (!done && running) {
        readyContainers += Values.isTrue(status, "ready") ? 1 : 0;
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
    long count = Values.whole(status, "restartCount");
    Optional<Instant> ended = Values.time(status, "lastState", "terminated", "finishedAt");
    restarts += count;
    lastRestart = later(lastRestart, ended);
    if (sidecar) {
      sidecarRestarts += count;
      lastSidecarRestart = later(lastSidecarRestart, ended);
    }
  }

  private String initReason(JsonObject status, int position) {
    JsonObject ended = Values.object(status, "state", "terminated");
    if (ended != null) {
      return endReason(ended);
    }
    String waiting = Values.text(status, "state", "waiting", "reason");
    return waiting.isEmpty() || waiting.equals("PodInitializing")
        ? position + "/" + initContainers.size()
        : waiting;
  }

  private static String endReason(JsonObject ended) {
    long signal = Values.whole(ended, "signal");
    String number =
        signal != 0 ? "Signal:" + signal : "ExitCode:" + Values.whole(ended, "exitCode");
    return Values.textOr(number, ended, "reason");
  }

  private void containers() {
    restarts = sidecarRestarts;
    lastRestart = lastSidecarRestart;
    boolean running = false;
    String error = "";
    for (JsonObject status : Values.objects(pod, "status", "containerStatuses").reversed()) {
      countRestarts(status, false);
      String waiting = Values.text(status, "state", "waiting", "reason");
      JsonObject ended = Values.object(status, "state", "terminated");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (ended != null) {
        reason = endReason(ended);
        error = Values.whole(ended, "exitCode") != 0 ? reason : error;
      } else if (Values.isTrue(status, "ready") && Values.isThere(status, "state", "running")) {
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
    if (running && Values.hasTrueCondition(pod, "Ready")) {
      reason = "Running";
    } else if (!error.isEmpty()) {
      reason = error;
    } else if (running) {
      reason = "NotReady";
    }
  }

  private void deletion() {
    if (!Values.isDeleted(pod)) {
      return;
    }
    String phase = Values.text(pod, "status", "phase");
    if (Values.text(pod, "status", "reason").equals("NodeLost")) {
      reason = "Unknown";
    } else if (!phase.equals("Failed") && !phase.equals("Succeeded")) {
      reason = "Terminating";
    }
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return a.isEmpty() || (b.isPresent() && b.get().isAfter(a.get())) ? b.or(() -> a) : a;
  }
}
