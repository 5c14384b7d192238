package dev.pintle.wire;

/// The bounds of what may wait in memory for one connection. Beyond it a stream is not writable. What all connections
/// may hold together is in [SharedLimits].
///
/// @param streamBytesMax queued for one stream
/// @param connectionBytesMax queued for all streams of a connection
/// @param socketBytesMax handed to the socket and not yet taken by the kernel
public record QueueLimits(int streamBytesMax, int connectionBytesMax, int socketBytesMax) {
  public static final QueueLimits DEFAULT = new QueueLimits(64 << 10, 8 << 20, 64 << 10);

  public QueueLimits {
    Limits.requireAtLeast(1, streamBytesMax, "queue.stream-bytes-max");
    Limits.requireAtLeast(1, connectionBytesMax, "queue.connection-bytes-max");
    Limits.requireAtLeast(4096, socketBytesMax, "queue.socket-bytes-max");
  }
}
