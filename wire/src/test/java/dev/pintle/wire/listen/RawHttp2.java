package dev.pintle.wire.listen;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// HTTP/2 by hand: frames as a broken or hostile client would write them.
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /// One frame of the server's. `payload` is the frame's own.
  static final class Frame {
    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    Frame(int type, int flags, int stream, byte[] payload) {
      this.type = type;
      this.flags = flags;
      this.stream = stream;
      this.payload = payload;
    }

    int type() {
      return type;
    }

    int flags() {
      return flags;
    }

    int stream() {
      return stream;
    }

    byte[] payload() {
      return payload;
    }

    int word(int offset) {
      return ByteBuffer.wrap(payload).getInt(offset);
    }

    boolean endsStream() {
      return (flags & END_STREAM) != 0;
    }

    String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }
  }

  private final RawClient client;

  RawHttp2(int port) {
    this(port, new byte[0]);
  }

  /// `settings`: pairs of id and value, as on the wire.
  RawHttp2(int port, byte[] settings) {
    client = new RawClient(port);
    client.send(PREFACE);
    send(SETTINGS, 0, 0, settings);
    await(frame -> frame.type() == SETTINGS && (frame.flags() & ACK) == 0);
    send(SETTINGS, ACK, 0, new byte[0]);
  }

  /// Waits until the server has read this client's greeting, whose settings it then acknowledges.
  void awaitGreeted() {
    await(frame -> frame.type() == SETTINGS && (frame.flags() & ACK) != 0);
  }

  static byte[] setting(int id, int value) {
    return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
  }

  RawClient raw() {
    return client;
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(9 + payload.length);
    out.put((byte) (payload.length >> 16))
        .put((byte) (payload.length >> 8))
        .put((byte) payload.length);
    return out.put((byte) type).put((byte) flags).putInt(stream).put(payload).array();
  }

  RawHttp2 send(int type, int flags, int stream, byte[] payload) {
    client.trySend(frame(type, flags, stream, payload));
    return this;
  }

  /// Names and values in turn, as literals without Huffman codes or tables.
  static byte[] block(String... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      out.write(0);
      literal(out, fields[i]);
      literal(out, fields[i + 1]);
    }
    return out.toByteArray();
  }

  private static void literal(ByteArrayOutputStream out, String text) {
    int length = text.length();
    if (length < 127) {
      out.write(length);
    } else {
      out.write(127);
      int rest = length - 127;
      while (rest >= 128) {
        out.write(rest % 128 + 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] get(String path) {
    return block(":method", "GET", ":scheme", "http", ":authority", "x", ":path", path);
  }

  static byte[] grpc(String path, String... more) {
    byte[] head =
        block(
            ":method",
            "POST",
            ":scheme",
            "http",
            ":authority",
            "x",
            ":path",
            path,
            "content-type",
            "application/grpc",
            "te",
            "trailers");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    out.writeBytes(block(more));
    return out.toByteArray();
  }

  /// One uncompressed gRPC message.
  static byte[] message(byte[] payload) {
    return ByteBuffer.allocate(5 + payload.length)
        .put((byte) 0)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  RawHttp2 headers(int stream, byte[] block, boolean end) {
    return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block);
  }

  RawHttp2 data(int stream, byte[] payload, boolean end) {
    return send(DATA, end ? END_STREAM : 0, stream, payload);
  }

  Frame next() {
    byte[] head = client.read(9);
    int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
    int stream = ByteBuffer.wrap(head).getInt(5);
    return new Frame(head[3], head[4], stream, client.read(length));
  }

  Frame await(Predicate<Frame> wanted) {
    Frame frame = next();
    while (!wanted.test(frame)) {
      frame = next();
    }
    return frame;
  }

  Frame await(int type, int stream) {
    return await(frame -> frame.type() == type && frame.stream() == stream);
  }

  @Override
  public void close() {
    client.close();
  }
}
