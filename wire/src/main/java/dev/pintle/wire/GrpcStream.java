package dev.pintle.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/// Our side of a streaming call.
public interface GrpcStream {
  Optional<String> metadata(String name);

  ByteBufAllocator allocator();

  /// Queues `message` (released by the wire); messages sent in one turn of the event loop are flushed together.
  void send(ByteBuf message);

  /// False while what is queued exceeds the stream's window or the connection's write mark: send no more until
  /// [#onWritable].
  boolean isWritable();

  /// Calls `action`, on the event loop, each time the stream becomes writable again after it was not.
  void onWritable(Runnable action);

  /// Ends the call; `status` may be OK.
  void close(GrpcStatus status);
}
