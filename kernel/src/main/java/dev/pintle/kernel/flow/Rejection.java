package dev.pintle.kernel.flow;

/// The reasons for which a request is turned away.
public enum Rejection {
  /// All seats are taken and the level has no queues.
  CONCURRENCY_LIMIT("concurrency-limit"),
  /// The shortest queue of the flow's hand is full, and all seats are taken.
  QUEUE_FULL("queue-full"),
  /// The request waited for as long as it may.
  TIME_OUT("time-out");

  private final String label;

  Rejection(String label) {
    this.label = label;
  }

  /// Its name in metrics.
  public String label() {
    return label;
  }
}
