package dev.pintle.wire;

import io.netty.buffer.ByteBuf;

/// Our side of a streaming call. Every method may be called from any thread; what one thread sends stays in order.
public interface GrpcStream extends GrpcRequest {
  /// Queues `message` (released by the wire); messages sent in one turn of the event loop are flushed together. To send
  /// one message to many streams, encode it once and give each a `retainedDuplicate()`.
  void send(ByteBuf message);

  /// False while what is queued exceeds the stream's or the connection's bound: send no more until [#onWritable].
  boolean isWritable();

  /// Calls `action`, on the event loop, each time the stream becomes writable again after it was not. It may be called
  /// once too often, never too seldom.
  void onWritable(Runnable action);

  /// Delivers no more messages until [#resumeReading]; the client may send one window more, then it has to wait.
  void pauseReading();

  void resumeReading();

  /// Calls `action`, on the event loop, when the listener wants to close: a stream that has no end of its own should end
  /// now, or it is cut when the grace is over.
  void onDraining(Runnable action);

  /// Ends the call; `status` may be OK.
  void close(GrpcStatus status);
}
