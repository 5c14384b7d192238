package dev.pintle.kube.flowcontrol;

/// The abilities of priority levels beyond upstream; none of them is used unless it is asked for.
///
/// @param names whether those who may read schemas and levels are told the names of theirs with every answer
/// @param listBytesMax bytes that the answers of lists which are being sent have together, as far as that is known before; 0 for no limit
/// @param learned whether how long a request is taken to be executed is learned from the ones before
public record FlowExtras(boolean names, long listBytesMax, boolean learned) {
  public static final FlowExtras NONE = new FlowExtras(false, 0, false);

  public FlowExtras {
    if (listBytesMax < 0 || (listBytesMax > 0 && listBytesMax < ListBytes.LIMIT_MIN)) {
      throw new IllegalArgumentException(
          "max-list-bytes-inflight: %d (expected: 0 for no limit, or at least %d)"
              .formatted(listBytesMax, ListBytes.LIMIT_MIN));
    }
  }

  public FlowExtras withNames() {
    return new FlowExtras(true, listBytesMax, learned);
  }

  public FlowExtras withListBytesMax(long bytes) {
    return new FlowExtras(names, bytes, learned);
  }

  public FlowExtras withLearned() {
    return new FlowExtras(names, listBytesMax, true);
  }
}
