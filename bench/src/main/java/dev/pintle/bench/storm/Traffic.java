package dev.pintle.bench.storm;

/// A class of requests whose latency is told apart.
public enum Traffic {
  /// Of the 200 clients.
  JOB_CREATE("Job creates"),
  /// What controllers, the scheduler and kubelets write for each Job.
  FOLLOW_UP("pods and their status"),
  /// Renewals and looks at leases, half of them in `kube-system`, half of operators elsewhere.
  ELECTION("leader elections"),
  /// Renewals of the leases of nodes, and the status of nodes.
  HEARTBEAT("node heartbeats"),
  /// From opening a watch until all that was there has come.
  INFORMER_SYNC("an informer's first sight"),
  /// From sending a create to an informer's hearing of the Job.
  INFORMER_EVENT("news of a Job"),
  /// `kubectl get` of one object.
  PERSON_GET("a person's get"),
  /// `kubectl get` of the Jobs of a namespace, 500 at the most.
  PERSON_LIST("a person's list");

  private final String title;

  Traffic(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
