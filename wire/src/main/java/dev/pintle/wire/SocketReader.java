package dev.pintle.wire;

/// A taker of what the client of a WebSocket says. Called on the connection's event loop.
@FunctionalInterface
public interface SocketReader {
  /// For a client that has nothing to say: what it sends is passed over.
  SocketReader NOBODY = (part, end) -> true;

  /// Takes the next part of a message, as it came, without its mask.
  ///
  /// @param end whether the message ends with it; then `part` may be empty
  /// @return false when the client has said more than it may: the connection is closed
  boolean take(byte[] part, boolean end);
}
