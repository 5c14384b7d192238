package dev.pintle.kube.flowcontrol;

import java.time.Duration;

/// The limits of how many requests are worked on at once, and of how long.
///
/// @param fair whether priority levels part them; if not, reads and writes have a limit each
/// @param readsMax requests that change nothing; 0 for no limit when not fair
/// @param writesMax requests that may change something; 0 for no limit when not fair
/// @param extras none when not fair
/// @param requestTimeout how long a request that has an end may take, whatever time its client gives it
public record FlowLimits(
    boolean fair, int readsMax, int writesMax, FlowExtras extras, Duration requestTimeout) {
  public static final Duration REQUEST_TIMEOUT_DEFAULT = Duration.ofMinutes(1);
  public static final FlowLimits DEFAULT = new FlowLimits(true, 400, 200);

  public FlowLimits(boolean fair, int readsMax, int writesMax) {
    this(fair, readsMax, writesMax, FlowExtras.NONE);
  }

  public FlowLimits(boolean fair, int readsMax, int writesMax, FlowExtras extras) {
    this(fair, readsMax, writesMax, extras, REQUEST_TIMEOUT_DEFAULT);
  }

  public FlowLimits {
    require("max-requests-inflight", readsMax);
    require("max-mutating-requests-inflight", writesMax);
    if (!requestTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "request-timeout: %s (expected: more than none)".formatted(requestTimeout));
    }
    if (fair && readsMax + (long) writesMax < 1) {
      throw new IllegalArgumentException(
          "max-requests-inflight + max-mutating-requests-inflight: 0 (expected: at least 1 with --enable-priority-and-fairness)");
    }
    if (!fair && !extras.equals(FlowExtras.NONE)) {
      throw new IllegalArgumentException(
          "enable-priority-and-fairness: false (expected: true, as flags are given that change what it does)");
    }
  }

  private static void require(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s: %d (expected: not negative)".formatted(name, value));
    }
  }

  /// Seats of all priority levels together.
  int seats() {
    return (int) Math.min(Integer.MAX_VALUE, readsMax + (long) writesMax);
  }
}
