package dev.pintle.wire.http2;

import io.netty.buffer.ByteBuf;

/// A reader of one request stream. Called on the connection's event loop.
public interface StreamReader {
  /// Takes `data` (valid during the call only). Returns how many of its bytes the peer may send again at once; the
  /// rest is returned later through [StreamLink#consumed].
  int data(ByteBuf data);

  /// The peer will send no more.
  void end();

  /// The stream ended without our doing: reset or connection lost. Nothing can be sent any more. Called at most once,
  /// and never after our own end.
  void aborted();

  /// The request is not whole in time: it is to be answered so, or reset. Not called where [#isOpenEnded].
  default void late() {}

  /// Whether the client may take as long as it likes to end its side.
  default boolean isOpenEnded() {
    return false;
  }

  /// The connection is about to close: what has no end of its own should end now.
  void draining();

  /// Reads the rest of a request that was answered already.
  StreamReader NOBODY =
      new StreamReader() {
        @Override
        public int data(ByteBuf data) {
          return data.readableBytes();
        }

        @Override
        public void end() {}

        @Override
        public void aborted() {}

        @Override
        public void draining() {}
      };
}
