package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Http2Frames;
import dev.pintle.bench.client.Https;
import dev.pintle.bench.client.ServerAddress;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/// A client of the Kubernetes port of which there are thousands: one connection, and one request at a time.
final class LoadClient implements Closeable {
  private static final SSLContext TLS = Https.context();
  private static final int SILENCE_MILLIS_MAX = 60_000;
  private static final int WINDOW_MORE = 1 << 30;
  private static final byte OK = (byte) 0x88; // the entry of HPACK's table
  private static final int HEAD_BYTES_MAX = 16 << 10;

  /// Those that are open, to be closed when their time is over, whatever they wait for.
  private static final Set<LoadClient> OPEN = ConcurrentHashMap.newKeySet();

  private final ServerAddress to;
  private final Socket socket;
  private final InputStream in;
  private final String token;
  private final boolean http2;
  private int stream = -1;

  private LoadClient(ServerAddress to, Socket socket, String token, boolean http2)
      throws IOException {
    this.to = to;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.token = token;
    this.http2 = http2;
  }

  /// @param from one of 16 million addresses of this machine; 0 is the one that all others use
  static LoadClient open(ServerAddress to, int from, String token, boolean http2)
      throws IOException {
    InetAddress address =
        InetAddress.getByAddress(
            new byte[] {127, (byte) (from >> 16), (byte) (from >> 8), (byte) (1 + from)});
    Socket socket = to.open(address, TLS, http2 ? "h2" : "http/1.1", SILENCE_MILLIS_MAX);
    LoadClient client = new LoadClient(to, socket, token, http2);
    OPEN.add(client);
    if (http2) {
      byte[] window = ByteBuffer.allocate(Integer.BYTES).putInt(WINDOW_MORE).array();
      client.write(
          new Http2Frames().preface().frame(Http2Frames.WINDOW_UPDATE, 0, 0, window).done());
    }
    return client;
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Asks, and answers the status code; of a refusal by a limit with the limit's name behind it.
  ///
  /// @param more fields of the head, each with its line end
  String ask(String path, String more) throws IOException {
    try {
      return http2 ? askHttp2(path) : askHttp1(path, more);
    } catch (SocketTimeoutException silent) {
      return "timeout";
    }
  }

  private String askHttp1(String path, String more) throws IOException {
    write(
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(path, to.host(), token, more)
            .getBytes(StandardCharsets.US_ASCII));
    return status();
  }

  /// Sends a POST's head; the body follows by [#send].
  void post(String path, long bodyBytes) throws IOException {
    write(
        "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, to.host(), token, bodyBytes)
            .getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] piece) throws IOException {
    write(piece);
  }

  String status() throws IOException {
    String head = head();
    if (head.length() < 12) {
      return "closed";
    }
    String limit = field(head, "x-pintle-limit: ");
    return head.substring(9, 12) + (limit.isEmpty() ? "" : " " + limit);
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0 && head.length() < HEAD_BYTES_MAX; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static String field(String head, String name) {
    int at = head.toLowerCase(Locale.ROOT).indexOf(name);
    return at < 0 ? "" : head.substring(at + name.length(), head.indexOf('\r', at));
  }

  /// The length of the body that follows a head read a moment ago is not looked at: `bytes` of it are taken.
  ///
  /// @return whether there was more
  boolean take(byte[] bytes) throws IOException {
    return in.read(bytes) >= 0;
  }

  /// Reads to the end of the connection; answers whether the last chunk of an answer was seen.
  boolean isReadWhole() throws IOException {
    byte[] piece = new byte[64 << 10];
    byte[] end = new byte[5];
    try {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        int kept = Math.min(read, end.length);
        System.arraycopy(end, kept, end, 0, end.length - kept);
        System.arraycopy(piece, read - kept, end, end.length - kept, kept);
      }
    } catch (IOException cut) {
      return false;
    }
    return new String(end, StandardCharsets.US_ASCII).equals("0\r\n\r\n");
  }

  private String askHttp2(String path) throws IOException {
    stream += 2;
    byte[] block =
        Http2Frames.block(
            ":method",
            "GET",
            ":scheme",
            "https",
            ":authority",
            to.host(),
            ":path",
            path,
            "authorization",
            "Bearer " + token);
    write(new Http2Frames().headers(stream, block, true).done());
    DataInputStream frames = new DataInputStream(in);
    String answer = "refused";
    while (true) {
      int length = frames.readUnsignedByte() << 16 | frames.readUnsignedShort();
      int type = frames.readUnsignedByte();
      int flags = frames.readUnsignedByte();
      int of = frames.readInt();
      byte[] payload = frames.readNBytes(length);
      if (type == Http2Frames.GOAWAY) {
        return "goaway";
      }
      if (type == Http2Frames.RST_STREAM && of == stream) {
        return "reset";
      }
      if (type == Http2Frames.SETTINGS && flags == 0) {
        write(
            new Http2Frames().frame(Http2Frames.SETTINGS, Http2Frames.ACK, 0, new byte[0]).done());
      }
      if (of == stream && type == Http2Frames.HEADERS && payload[0] == OK) {
        answer = "200";
      }
      if (of == stream && (flags & Http2Frames.END_STREAM) != 0) {
        return answer;
      }
    }
  }

  static void closeAll() {
    for (LoadClient one : Set.copyOf(OPEN)) {
      try {
        one.close();
      } catch (IOException closedAlready) {
        // the other end was quicker
      }
    }
  }

  @Override
  public void close() throws IOException {
    OPEN.remove(this);
    socket.close();
  }
}
