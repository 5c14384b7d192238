package dev.pintle.bench.client;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// One connection of HTTP/2 over which frames are sent as they are. What the server sends is counted by type where it is read
/// at all.
public final class Http2Connection implements Closeable {
  private static final int SILENCE_MILLIS_MAX = 20_000;
  private static final int TYPES = 16;
  private static final int STOP_AFTER_GOAWAY = 1;

  private final Socket socket;
  private final AtomicIntegerArray frames = new AtomicIntegerArray(TYPES);
  private volatile boolean ended;

  private Http2Connection(Socket socket) {
    this.socket = socket;
  }

  /// One whose client reads what the server sends.
  public static Http2Connection open(ServerAddress address) throws IOException {
    Http2Connection connection = deaf(address);
    Thread.ofVirtual().start(connection::read);
    return connection;
  }

  /// One whose client never reads.
  public static Http2Connection deaf(ServerAddress address) throws IOException {
    Http2Connection connection = new Http2Connection(address.open("h2", SILENCE_MILLIS_MAX));
    connection.write(new Http2Frames().preface().done());
    return connection;
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// How many frames of a type the server has sent.
  public int seen(int type) {
    return frames.get(type);
  }

  /// Whether the server has sent the client away or closed.
  public boolean ended() {
    return ended || seen(Http2Frames.GOAWAY) >= STOP_AFTER_GOAWAY;
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(Http2Frames.HEAD_BYTES - 4L + length);
        frames.incrementAndGet(Math.min(type, TYPES - 1));
      }
    } catch (IOException closed) {
      ended = true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      ended = true;
    }
  }
}
