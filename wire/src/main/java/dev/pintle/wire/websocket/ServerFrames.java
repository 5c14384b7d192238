package dev.pintle.wire.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// The writer of a server's frames: each a whole message, and none masked.
public final class ServerFrames {
  private static final int FINAL = 0x80;
  private static final int BYTES_OF_SHORT_MAX = 125;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;

  /// The most that stands before a payload.
  public static final int HEAD_BYTES_MAX = 10;

  private ServerFrames() {}

  /// Writes what stands before the payload of a message.
  public static void messageHead(ByteBuf out, boolean text, int payloadBytes) {
    head(out, text ? Opcode.TEXT : Opcode.BINARY, payloadBytes);
  }

  /// The answer to a ping with this payload.
  public static ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
    ByteBuf out = allocator.buffer(HEAD_BYTES_MAX + payload.length);
    head(out, Opcode.PONG, payload.length);
    return out.writeBytes(payload);
  }

  public static ByteBuf close(ByteBufAllocator allocator, int status) {
    ByteBuf out = allocator.buffer(HEAD_BYTES_MAX);
    head(out, Opcode.CLOSE, Short.BYTES);
    return out.writeShort(status);
  }

  private static void head(ByteBuf out, int opcode, int payloadBytes) {
    out.writeByte(FINAL | opcode);
    if (payloadBytes <= BYTES_OF_SHORT_MAX) {
      out.writeByte(payloadBytes);
    } else if (payloadBytes <= 0xffff) {
      out.writeByte(TWO_BYTES_FOLLOW).writeShort(payloadBytes);
    } else {
      out.writeByte(EIGHT_BYTES_FOLLOW).writeLong(payloadBytes);
    }
  }
}
