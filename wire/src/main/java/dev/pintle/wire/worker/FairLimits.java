package dev.pintle.wire.worker;

/// Bounds of a [FairThreads].
///
/// @param threads that work at once for all clients
/// @param threadsPerClient that work at once for one client; fewer than all, so that there is always one for others
/// @param bytesMax that waiting and running work of all clients holds
/// @param clientBytesMax that waiting and running work of one client holds
/// @param clientTasksMax that wait for one client
public record FairLimits(
    int threads, int threadsPerClient, long bytesMax, long clientBytesMax, int clientTasksMax) {
  private static final int TASKS_MAX = 1_000;

  public FairLimits {
    if (threads < 2 || threadsPerClient < 1 || threadsPerClient >= threads) {
      throw new IllegalArgumentException(
          "fair.threads: %d, per client %d (expected: at least 2, per client fewer)"
              .formatted(threads, threadsPerClient));
    }
    if (clientBytesMax < 1 || bytesMax < clientBytesMax || clientTasksMax < 1) {
      throw new IllegalArgumentException(
          "fair.bytes-max: %d, per client %d, tasks %d (expected: positive, per client no more)"
              .formatted(bytesMax, clientBytesMax, clientTasksMax));
    }
  }

  /// Threads for work that is counted and bounded elsewhere.
  public static FairLimits ofThreads(int processors) {
    return of(processors, Long.MAX_VALUE).withoutBounds();
  }

  private FairLimits withoutBounds() {
    return new FairLimits(
        threads, threadsPerClient, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /// For a machine with `processors` and a heap of at most `heapBytes`: an eighth of the heap for all, a quarter of that for one.
  /// One client alone never keeps all processors at work.
  public static FairLimits of(int processors, long heapBytes) {
    int most = Math.max(2, processors);
    long bytes = heapBytes / 8;
    return new FairLimits(most + 1, most - 1, bytes, bytes / 4, TASKS_MAX);
  }
}
