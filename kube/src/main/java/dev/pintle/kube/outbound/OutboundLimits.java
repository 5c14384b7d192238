package dev.pintle.kube.outbound;

import java.time.Duration;

/// The limits of calls to others.
///
/// @param callsMax calls at once; more wait, as long as they have time
/// @param bytesMax of all that they send and have been sent
/// @param replyBytesMax of one answer
/// @param headerBytesMax of the head of one answer
/// @param idleMax connections that wait for a call, of all servers together
/// @param idlePerServerMax of one server
/// @param idle how long one waits
public record OutboundLimits(
    int callsMax,
    long bytesMax,
    int replyBytesMax,
    int headerBytesMax,
    int idleMax,
    int idlePerServerMax,
    Duration idle) {

  /// For a heap of this size: an eighth of it may be on its way.
  public static OutboundLimits ofHeap(long heapBytes) {
    return new OutboundLimits(
        1_000,
        Math.max(heapBytes / 8, 32L << 20),
        16 << 20,
        64 << 10,
        256,
        25,
        Duration.ofSeconds(30));
  }

  /// The same, with answers of no more than these bytes.
  OutboundLimits withAnswers(int bytesMax) {
    return new OutboundLimits(
        callsMax,
        this.bytesMax,
        Math.min(replyBytesMax, bytesMax),
        headerBytesMax,
        idleMax,
        idlePerServerMax,
        idle);
  }

  public OutboundLimits {
    if (callsMax < 1 || replyBytesMax < 1 || headerBytesMax < 1) {
      throw new IllegalArgumentException(
          "outbound: %d calls, %d and %d bytes (expected: at least 1 of each)"
              .formatted(callsMax, replyBytesMax, headerBytesMax));
    }
  }
}
