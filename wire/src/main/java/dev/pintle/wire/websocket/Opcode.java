package dev.pintle.wire.websocket;

/// The kinds of frames, as their first byte has them.
final class Opcode {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /// A frame with this bit is about the connection, and of no message.
  private static final int CONTROL = 8;

  private Opcode() {}

  static boolean isKnown(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }

  static boolean isControl(int opcode) {
    return (opcode & CONTROL) != 0;
  }
}
