package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The bodies of what is written for a Job, from its creation to its end, as the controllers of a cluster word them.
final class JobTexts {
  /// The annotation that says when the create was sent, on the clock of [System#nanoTime], which all processes of a machine share.
  static final String SENT = "storm/sent";

  private static final String SPEC =
      """
      {"restartPolicy":"Never","containers":[{"name":"work","image":"registry.example/work:1","command":["work","--once"],\
      "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}\
      """;
  private static final String CONDITIONS =
      """
      [{"type":"PodReadyToStartContainers","status":"%1$s","lastTransitionTime":"%3$s"},\
      {"type":"Initialized","status":"True","lastTransitionTime":"%3$s"},\
      {"type":"Ready","status":"%2$s","lastTransitionTime":"%3$s"},\
      {"type":"ContainersReady","status":"%2$s","lastTransitionTime":"%3$s"}]\
      """;

  private JobTexts() {}

  static String job(String name, long sentNanos) {
    return """
    {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"%s","annotations":{"%s":"%d"}},\
    "spec":{"backoffLimit":3,"template":{"metadata":{"labels":{"app":"storm"}},"spec":%s}}}\
    """
        .formatted(name, SENT, sentNanos, SPEC);
  }

  static String plainPod(String name) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":%s}".formatted(name, SPEC);
  }

  static String podOf(String job, String uid) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%1$s-pod","labels":{"app":"storm","job-name":"%1$s",\
    "batch.kubernetes.io/job-name":"%1$s","controller-uid":"%2$s","batch.kubernetes.io/controller-uid":"%2$s"},\
    "finalizers":["batch.kubernetes.io/job-tracking"],"ownerReferences":[{"apiVersion":"batch/v1","kind":"Job",\
    "name":"%1$s","uid":"%2$s","controller":true,"blockOwnerDeletion":true}]},"spec":%3$s}\
    """
        .formatted(job, uid, SPEC);
  }

  static String binding(String pod, String uid, String node) {
    return """
    {"apiVersion":"v1","kind":"Binding","metadata":{"name":"%s","uid":"%s"},"target":{"kind":"Node","name":"%s"}}\
    """
        .formatted(pod, uid, node);
  }

  static String pending(String podUid) {
    return podStatus(
        podUid,
        "Pending",
        CONDITIONS.formatted("False", "False", now()),
        false,
        "{\"waiting\":{\"reason\":\"ContainerCreating\"}}");
  }

  static String running(String podUid) {
    return podStatus(
        podUid,
        "Running",
        CONDITIONS.formatted("True", "True", now()),
        true,
        "{\"running\":{\"startedAt\":\"%s\"}}".formatted(now()));
  }

  static String succeeded(String podUid) {
    return podStatus(
        podUid,
        "Succeeded",
        CONDITIONS.formatted("False", "False", now()),
        false,
        "{\"terminated\":{\"exitCode\":0,\"reason\":\"Completed\",\"startedAt\":\"%1$s\",\"finishedAt\":\"%1$s\"}}"
            .formatted(now()));
  }

  /// What lets a pod that was counted go.
  static String counted() {
    return "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"batch.kubernetes.io/job-tracking\"]}}";
  }

  static String active(ApiAnswer job) {
    return withStatus(
        job,
        "{\"active\":1,\"ready\":0,\"startTime\":\"%s\",\"terminating\":0,\"uncountedTerminatedPods\":{}}"
            .formatted(now()));
  }

  /// @param job as it was answered to [#active]
  static String uncounted(ApiAnswer job, String podUid) {
    return withStatus(
        job,
        """
        {"startTime":"%1$s","active":0,"ready":0,"terminating":0,"uncountedTerminatedPods":{"succeeded":["%2$s"]},\
        "conditions":[{"type":"SuccessCriteriaMet","status":"True","reason":"CompletionsReached",\
        "message":"Reached expected number of succeeded pods","lastProbeTime":"%3$s","lastTransitionTime":"%3$s"}]}\
        """
            .formatted(job.text("startTime"), podUid, now()));
  }

  /// @param job as it was answered to [#uncounted]
  static String complete(ApiAnswer job) {
    String condition =
        """
        {"type":"%s","status":"True","reason":"CompletionsReached",\
        "message":"Reached expected number of succeeded pods","lastProbeTime":"%s","lastTransitionTime":"%s"}\
        """;
    String now = now();
    return withStatus(
        job,
        """
        {"startTime":"%s","completionTime":"%s","succeeded":1,"ready":0,"terminating":0,"uncountedTerminatedPods":{},\
        "conditions":[%s,%s]}\
        """
            .formatted(
                job.text("startTime"),
                now,
                condition.formatted("SuccessCriteriaMet", now, now),
                condition.formatted("Complete", now, now)));
  }

  /// The object as the server told it, with another status, which stands last in it.
  private static String withStatus(ApiAnswer answer, String status) {
    String body = answer.body();
    int at = body.lastIndexOf("\"status\":{");
    if (at < 0) {
      throw new IllegalStateException("no status in " + body);
    }
    return body.substring(0, at) + "\"status\":" + status + "}";
  }

  private static String podStatus(
      String uid, String phase, String conditions, boolean ready, String state) {
    return """
    {"metadata":{"uid":"%s"},"status":{"phase":"%s","startTime":"%s","hostIP":"10.1.0.1","conditions":%s,\
    "containerStatuses":[{"name":"work","image":"registry.example/work:1","imageID":"","ready":%s,"restartCount":0,\
    "state":%s}]}}\
    """
        .formatted(uid, phase, now(), conditions, ready, state);
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
