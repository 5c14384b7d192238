package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiCall;
import dev.pintle.bench.api.ApiConnection;
import java.util.List;
import java.util.Optional;

/// The writers of what follows a Job of one pod: the Job controller makes the pod and says so, the scheduler binds it, the kubelet tells of it
/// three times, the controller counts it, lets it go, and says that the Job is complete. Nine writes; events are left out.
///
/// @param controller the Job controller's connection
/// @param kubelets of nodes 0, 1, …
record JobFollowUp(
    PatientCaller caller,
    ApiConnection controller,
    ApiConnection scheduler,
    List<ApiConnection> kubelets) {

  /// A Job that nothing was written for yet.
  ///
  /// @param answer to its create
  record MadeJob(String namespace, String name, int number, ApiAnswer answer) {
    String path() {
      return StormCluster.jobs(namespace) + "/" + name;
    }

    String pods() {
      return StormCluster.pods(namespace);
    }

    String pod() {
      return pods() + "/" + name + "-pod";
    }
  }

  static ApiCall create(String path, String name) {
    return ApiCall.post(path, JobTexts.job(name, System.nanoTime())).keeping();
  }

  /// Whether all of it succeeded.
  boolean all(MadeJob job) throws InterruptedException {
    Optional<ApiAnswer> pod =
        write(
            controller,
            ApiCall.post(job.pods(), JobTexts.podOf(job.name(), job.answer().text("uid")))
                .keeping());
    Optional<ApiAnswer> active = pod.isEmpty() ? pod : status(job, JobTexts.active(job.answer()));
    if (pod.isEmpty() || active.isEmpty()) {
      return false;
    }
    String uid = pod.get().text("uid");
    return runs(job, uid) && ends(job, active.get(), uid);
  }

  private boolean runs(MadeJob job, String podUid) throws InterruptedException {
    int node = job.number() % kubelets.size();
    ApiConnection kubelet = kubelets.get(node);
    String status = job.pod() + "/status";
    String binding = JobTexts.binding(job.name() + "-pod", podUid, StormCluster.node(node));
    return write(scheduler, ApiCall.post(job.pod() + "/binding", binding)).isPresent()
        && write(kubelet, ApiCall.patch(status, JobTexts.pending(podUid))).isPresent()
        && write(kubelet, ApiCall.patch(status, JobTexts.running(podUid))).isPresent()
        && write(kubelet, ApiCall.patch(status, JobTexts.succeeded(podUid))).isPresent();
  }

  private boolean ends(MadeJob job, ApiAnswer active, String podUid) throws InterruptedException {
    Optional<ApiAnswer> uncounted = status(job, JobTexts.uncounted(active, podUid));
    return uncounted.isPresent()
        && write(controller, ApiCall.patch(job.pod(), JobTexts.counted())).isPresent()
        && status(job, JobTexts.complete(uncounted.get())).isPresent();
  }

  private Optional<ApiAnswer> status(MadeJob job, String body) throws InterruptedException {
    return write(controller, ApiCall.put(job.path() + "/status", body).keeping());
  }

  private Optional<ApiAnswer> write(ApiConnection connection, ApiCall call)
      throws InterruptedException {
    return caller.call(connection, Traffic.FOLLOW_UP, call, System.nanoTime());
  }
}
