package dev.pintle.etcd.kv;

/// @param requestBytesMax largest request that is written to the log; etcd's clients expect 1.5 MiB
/// @param txnOperationsMax longest list of a transaction, nested ones counted along their path
public record KvLimits(int requestBytesMax, int txnOperationsMax) {
  public static final KvLimits DEFAULT = new KvLimits(1_572_864, 128);

  /// What a message may have beyond the request in it.
  private static final int MESSAGE_OVERHEAD_BYTES = 512 * 1024;

  public KvLimits {
    if (requestBytesMax < 1) {
      throw new IllegalArgumentException(
          "max-request-bytes: %d (expected: 1 or more)".formatted(requestBytesMax));
    }
    if (txnOperationsMax < 1) {
      throw new IllegalArgumentException(
          "max-txn-ops: %d (expected: 1 or more)".formatted(txnOperationsMax));
    }
  }

  /// The longest message a client may send: one above it never reaches the request's own check.
  public int messageBytesMax() {
    return (int) Math.min(Integer.MAX_VALUE, (long) requestBytesMax + MESSAGE_OVERHEAD_BYTES);
  }
}
