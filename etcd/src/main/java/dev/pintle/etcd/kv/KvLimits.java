package dev.pintle.etcd.kv;

/// The limits of requests for keys.
///
/// @param requestBytesMax largest request that is written to the log; etcd's clients expect 1.5 MiB
/// @param txnOperationsMax longest list of a transaction, nested ones counted along their path
/// @param concurrentStreamsMax calls that a client may have open on one connection; the largest number for no limit of that kind
/// @param snapshotBytesPerSecond how fast all snapshots together are sent; 0 for no limit
public record KvLimits(
    int requestBytesMax,
    int txnOperationsMax,
    int concurrentStreamsMax,
    long snapshotBytesPerSecond) {
  public static final KvLimits DEFAULT = new KvLimits(1_572_864, 128);

  /// What a message may have beyond the request in it.
  private static final int MESSAGE_OVERHEAD_BYTES = 512 * 1024;

  public KvLimits {
    require("max-request-bytes", requestBytesMax);
    require("max-txn-ops", txnOperationsMax);
    require("max-concurrent-streams", concurrentStreamsMax);
    if (snapshotBytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "snapshot-bytes-per-second: %d (expected: 0 or more)".formatted(snapshotBytesPerSecond));
    }
  }

  public KvLimits(int requestBytesMax, int txnOperationsMax) {
    this(requestBytesMax, txnOperationsMax, Integer.MAX_VALUE, 0);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
  }

  public KvLimits withConcurrentStreams(int max) {
    return new KvLimits(requestBytesMax, txnOperationsMax, max, snapshotBytesPerSecond);
  }

  public KvLimits withSnapshotBytesPerSecond(long changed) {
    return new KvLimits(requestBytesMax, txnOperationsMax, concurrentStreamsMax, changed);
  }

  /// The longest message a client may send: one above it never reaches the request's own check.
  public int messageBytesMax() {
    return (int) Math.min(Integer.MAX_VALUE, (long) requestBytesMax + MESSAGE_OVERHEAD_BYTES);
  }
}
