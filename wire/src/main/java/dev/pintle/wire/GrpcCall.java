package dev.pintle.wire;

import io.netty.buffer.ByteBuf;

/// A unary call waiting for its answer; answered once, from any thread. An answer after the call was aborted is
/// released and forgotten.
public interface GrpcCall extends GrpcRequest {
  /// Sends `message` (released by the wire) with status OK.
  void reply(ByteBuf message);

  void fail(GrpcStatus status);

  /// Runs `action`, on the event loop and beside those given before, if the call ends without an answer: reset, connection lost or deadline passed.
  void onAbort(Runnable action);

  /// Calls `action`, on the event loop, when the listener wants to close: a call that may wait long should end now, or it is cut when the
  /// grace is over. Asked for on the event loop, once.
  default void onDraining(Runnable action) {}
}
