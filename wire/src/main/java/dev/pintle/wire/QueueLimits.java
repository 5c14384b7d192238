package dev.pintle.wire;

/// What may wait in memory for one peer. Beyond the first three a stream is not writable; the last two refuse.
///
/// @param streamBytesMax queued for one stream
/// @param connectionBytesMax queued for all streams of a connection
/// @param socketBytesMax handed to the socket and not yet taken by the kernel
/// @param answersBytesMax queued whole answers of an HTTP/2 connection; beyond, new requests are reset with
///     REFUSED_STREAM, which tells a client that they may be sent again
/// @param partialBytesMax bodies and messages of one connection that are being collected; more is refused
public record QueueLimits(
    int streamBytesMax,
    int connectionBytesMax,
    int socketBytesMax,
    int answersBytesMax,
    int partialBytesMax) {
  public static final QueueLimits DEFAULT =
      new QueueLimits(64 << 10, 8 << 20, 256 << 10, 256 << 20, 64 << 20);

  public QueueLimits {
    Limits.requireAtLeast(1, streamBytesMax, "queue.stream-bytes-max");
    Limits.requireAtLeast(1, connectionBytesMax, "queue.connection-bytes-max");
    Limits.requireAtLeast(4096, socketBytesMax, "queue.socket-bytes-max");
    Limits.requireAtLeast(connectionBytesMax, answersBytesMax, "queue.answers-bytes-max");
    Limits.requireAtLeast(1, partialBytesMax, "queue.partial-bytes-max");
  }
}
