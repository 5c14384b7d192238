package dev.pintle.kube.intercept;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// The form in which the events of a watch follow one another; what is written at once are whole events.
enum EventFraming {
  /// Each a line of JSON.
  LINES,
  /// Each with its length before it, four bytes.
  PREFIXED,
  /// Each written by itself.
  MESSAGES;

  /// An event as it is written.
  byte[] framed(byte[] event) {
    return switch (this) {
      case LINES, MESSAGES -> event;
      case PREFIXED ->
          ByteBuffer.allocate(Integer.BYTES + event.length).putInt(event.length).put(event).array();
    };
  }

  /// The end of the event that begins at `from`.
  int end(ByteBuf piece, int from) {
    return switch (this) {
      case LINES -> {
        int line = piece.indexOf(from, piece.writerIndex(), (byte) '\n');
        yield line < 0 ? piece.writerIndex() : line + 1;
      }
      case PREFIXED ->
          piece.writerIndex() - from < Integer.BYTES
              ? piece.writerIndex()
              : Math.min(piece.writerIndex(), from + Integer.BYTES + piece.getInt(from));
      case MESSAGES -> piece.writerIndex();
    };
  }
}
