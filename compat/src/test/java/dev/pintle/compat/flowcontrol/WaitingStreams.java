package dev.pintle.compat.flowcontrol;

import dev.pintle.bench.client.Http2Connection;
import dev.pintle.bench.client.Http2Frames;
import dev.pintle.bench.client.ServerAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// One connection of a client of Go: the headers that it repeats are sent once, and are a byte each after that.
final class WaitingStreams implements AutoCloseable {
  private static final int METHOD_GET = 0x82;
  private static final int SCHEME_HTTPS = 0x87;
  private static final int INDEXED = 0x80;

  /// Where the table of what was sent begins.
  private static final int REMEMBERED = 62;

  private static final int STREAM_STEP = 2;

  private final Http2Connection connection;
  private final String[] fields;
  private int next = 1;

  /// @param token of who asks
  /// @param path asked for on every stream
  WaitingStreams(ServerAddress server, String token, String path) throws IOException {
    this.connection = Http2Connection.open(server);
    this.fields =
        new String[] {
          ":authority",
          "localhost:6443",
          ":path",
          path,
          "accept",
          "application/json, */*",
          "authorization",
          "Bearer " + token,
          "user-agent",
          "kubectl/v1.37.2 (linux/amd64) kubernetes/0123456",
          "accept-encoding",
          "gzip"
        };
  }

  /// Opens streams, each with a request that has no body.
  void ask(int streams) throws IOException {
    Http2Frames frames = new Http2Frames();
    for (int i = 0; i < streams; i++) {
      frames.headers(next, next == 1 ? first() : again(), true);
      next += STREAM_STEP;
    }
    connection.write(frames.done());
  }

  private byte[] first() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(METHOD_GET);
    block.write(SCHEME_HTTPS);
    for (int i = 0; i < fields.length; i += 2) {
      block.writeBytes(Http2Frames.remembered(fields[i], fields[i + 1]));
    }
    return block.toByteArray();
  }

  private byte[] again() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(METHOD_GET);
    block.write(SCHEME_HTTPS);
    for (int i = fields.length / 2 - 1; i >= 0; i--) {
      // What was sent first comes last in the table.
      block.write(INDEXED | REMEMBERED + i);
    }
    return block.toByteArray();
  }

  /// Resets all streams; the connection stays.
  void cancel() throws IOException {
    Http2Frames frames = new Http2Frames();
    for (int stream = 1; stream < next; stream += STREAM_STEP) {
      frames.cancel(stream);
    }
    connection.write(frames.done());
  }

  /// How many answers have come.
  int answers() {
    return connection.seen(Http2Frames.HEADERS);
  }

  @Override
  public void close() {
    connection.close();
  }
}
