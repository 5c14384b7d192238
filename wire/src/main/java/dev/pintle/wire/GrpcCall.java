package dev.pintle.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/// A unary call waiting for its answer; answered once.
public interface GrpcCall {
  /// A metadata value of the request; names are lower case.
  Optional<String> metadata(String name);

  ByteBufAllocator allocator();

  /// Sends `message` (released by the wire) with status OK.
  void reply(ByteBuf message);

  void fail(GrpcStatus status);
}
