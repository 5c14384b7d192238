package dev.pintle.bench.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Frames of HTTP/2 one after another, as a broken or hostile client would write them.
public final class Http2Frames {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;
  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;

  static final int HEAD_BYTES = 9;
  private static final int CANCEL = 8;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// How a connection begins.
  public Http2Frames preface() {
    out.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
    return frame(SETTINGS, 0, 0, new byte[0]);
  }

  public Http2Frames frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    head.put((byte) type).put((byte) flags).putInt(stream);
    out.writeBytes(head.array());
    out.writeBytes(payload);
    return this;
  }

  public Http2Frames headers(int stream, byte[] block, boolean end) {
    return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block);
  }

  /// The stream is not wanted any more.
  public Http2Frames cancel(int stream) {
    return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(Integer.BYTES).putInt(CANCEL).array());
  }

  public byte[] done() {
    return out.toByteArray();
  }

  /// A header block: names and values in turn, as literals without Huffman codes or tables.
  public static byte[] block(String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0);
      literal(block, fields[i]);
      literal(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  /// A header block that puts one field into the server's table.
  public static byte[] remembered(String name, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x40);
    literal(block, name);
    literal(block, value);
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    int length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      int rest = length - 127;
      while (rest >= 128) {
        block.write(rest % 128 + 128);
        rest /= 128;
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
