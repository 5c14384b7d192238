package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.TimeHistogram;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The requests of one kind, those that change nothing or those that may, at all levels together: how many are executed and how many wait,
/// over time, as parts of what all levels can take.
final class KindUse {
  static final String RATIO = "apiserver_flowcontrol_read_vs_write_current_requests";
  static final String WAITING = "apiserver_current_inqueue_requests";

  private static final double[] LIMITS = {
    0, 0.001, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1
  };

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final TimeHistogram executingShare;
  private final TimeHistogram waitingShare;
  private double executingMax = 1;
  private double waitingMax = 1;
  private int executing;
  private int waiting;
  private long latestNanos;

  /// The second that it is, by the clock that levels are told, and the most that waited in it and in the one before.
  private long second;

  private int waitedMost;
  private int waitedMostBefore;

  /// @param name as metrics have it
  KindUse(String name, long nowNanos) {
    this.name = name;
    this.executingShare = new TimeHistogram(nowNanos, LIMITS);
    this.waitingShare = new TimeHistogram(nowNanos, LIMITS);
    this.latestNanos = nowNanos;
    this.second = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
  }

  /// @param executed requests that all levels can execute at once
  /// @param waited requests that can wait at all levels
  void limit(long executed, long waited, long nowNanos) {
    at(
        nowNanos,
        () -> {
          executingMax = Math.max(1, executed);
          waitingMax = Math.max(1, waited);
          noteExecuting();
          noteWaiting();
        });
  }

  /// @param more that are executed from now on than before
  void executed(int more, long nowNanos) {
    at(
        nowNanos,
        () -> {
          executing += more;
          noteExecuting();
        });
  }

  /// @param more that wait from now on than before
  void waits(int more, long nowNanos) {
    at(
        nowNanos,
        () -> {
          waiting += more;
          waitedMost = Math.max(waitedMost, waiting);
          noteWaiting();
        });
  }

  private void noteExecuting() {
    executingShare.set(executing / executingMax, latestNanos);
  }

  private void noteWaiting() {
    waitingShare.set(waiting / waitingMax, latestNanos);
  }

  /// Levels read the clock before they come here, so that one may come with an earlier time than the one before.
  private void at(long nowNanos, Runnable step) {
    lock.lock();
    try {
      latestNanos = Math.max(latestNanos, nowNanos);
      long now = TimeUnit.NANOSECONDS.toSeconds(latestNanos);
      if (now != second) {
        waitedMostBefore = now == second + 1 ? waitedMost : waiting;
        waitedMost = waiting;
        second = now;
      }
      step.run();
    } finally {
      lock.unlock();
    }
  }

  void writeShares(MetricsText text, long nowNanos) {
    at(
        nowNanos,
        () -> {
          executingShare.write(text, RATIO, labels("executing"), latestNanos);
          waitingShare.write(text, RATIO, labels("waiting"), latestNanos);
        });
  }

  private List<Label> labels(String phase) {
    return List.of(new Label("phase", phase), new Label("request_kind", name));
  }

  void writeWaiting(MetricsText text, long nowNanos) {
    at(
        nowNanos,
        () -> text.sample(WAITING, List.of(new Label("request_kind", name)), waitedMostBefore));
  }
}
