package dev.pintle.server.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// One HTTP/2 connection that sends gRPC requests and counts what comes back (RFC 9113; header fields as literals of RFC
/// 7541). Enough of a client for short messages to our own server, and nothing more. Belongs to one thread.
final class GrpcConnection implements AutoCloseable {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int WINDOW_MORE = 1 << 30;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final Socket socket;
  private final String scheme;
  private final String authority;
  private final DataOutputStream out;
  private final DataInputStream in;
  private int nextStream = 1;
  private long messages;
  private long ends;

  /// @param tls absent for clear text
  GrpcConnection(URI server, Optional<SSLContext> tls) throws IOException {
    this.authority = server.getAuthority();
    this.scheme = server.getScheme();
    this.socket = tls.isPresent() ? secure(tls.get()) : new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out.write(PREFACE.getBytes(US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    frame(WINDOW_UPDATE, 0, 0, number(WINDOW_MORE));
  }

  private static Socket secure(SSLContext tls) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  /// Begins a call; answers its stream.
  int open(String method) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    frame(HEADERS, END_HEADERS, stream, headers(method));
    return stream;
  }

  void send(int stream, byte[] message, boolean last) throws IOException {
    ByteArrayOutputStream framed = new ByteArrayOutputStream(5 + message.length);
    framed.write(0);
    framed.writeBytes(number(message.length));
    framed.writeBytes(message);
    frame(DATA, last ? END_STREAM : 0, stream, framed.toByteArray());
  }

  /// Calls `method` `count` times with `message`, all at once, and waits for every end.
  void call(String method, byte[] message, int count) throws IOException {
    long wanted = ends + count;
    for (int i = 0; i < count; i++) {
      send(open(method), message, true);
    }
    out.flush();
    while (ends < wanted) {
      read();
    }
  }

  /// Waits until `count` more frames with data have come.
  void awaitMessages(long count) throws IOException {
    long wanted = messages + count;
    out.flush();
    while (messages < wanted) {
      read();
    }
  }

  private void read() throws IOException {
    int lengthAndType = in.readInt();
    int type = lengthAndType & 0xff;
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    boolean isAnswer = type == SETTINGS || type == PING;
    if (isAnswer && (flags & ACK) == 0) {
      frame(type, ACK, 0, type == PING ? payload : new byte[0]);
      out.flush();
    } else if (type == GOAWAY) {
      throw new IOException("the server ended the connection");
    } else if (type == DATA && payload.length > 0) {
      messages++;
      frame(WINDOW_UPDATE, 0, stream, number(payload.length));
    }
    if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
      ends++;
    }
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeInt((payload.length << 8) | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  private byte[] headers(String method) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", "POST");
    literal(block, ":scheme", scheme);
    literal(block, ":path", method);
    literal(block, ":authority", authority);
    literal(block, "content-type", "application/grpc");
    literal(block, "te", "trailers");
    return block.toByteArray();
  }

  /// A field that enters no table; names and values here are shorter than 127 bytes.
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(US_ASCII));
  }

  private static byte[] number(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
