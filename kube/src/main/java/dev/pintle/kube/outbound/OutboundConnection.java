package dev.pintle.kube.outbound;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.outbound.OutboundTarget.Peer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A connection to one server, over which one call after the other goes. Of one thread at a time.
final class OutboundConnection {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int CAUSES_MAX = 10;
  private static final String END_BEFORE_ANSWER = "EOF";

  private final Peer peer;
  private final Socket plain;
  private final InputStream in;
  private final OutputStream out;
  private long idleSinceNanos;
  private boolean begun;
  private boolean reusable;

  /// @param over `plain` itself, or what makes it secure
  private OutboundConnection(Peer peer, Socket plain, Socket over) throws IOException {
    this.peer = peer;
    this.plain = plain;
    this.in = new BufferedInputStream(over.getInputStream(), BUFFER_BYTES);
    this.out = over.getOutputStream();
  }

  /// Connects and shakes hands.
  @SuppressWarnings("AddressSelection") // The address was found before, one of several.
  static OutboundConnection open(Peer peer, CallDeadline deadline) throws OutboundException {
    Socket plain = new Socket();
    try {
      deadline.watch(plain);
      plain.setTcpNoDelay(true);
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline.leftNanos()) + 1;
      plain.connect(peer.address(), (int) Math.min(millis, Integer.MAX_VALUE));
    } catch (IOException failed) {
      CallDeadline.close(plain);
      throw deadline.hasPassed() ? OutboundException.late() : unconnected(peer, failed);
    }
    try {
      if (peer.trust().isClear()) {
        return new OutboundConnection(peer, plain, plain);
      }
      SSLSocket secure = peer.trust().wrap(plain, peer.serverName(), peer.address().getPort());
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      if (HostLookup.literal(peer.serverName()) == null) {
        parameters.setServerNames(List.of(new SNIHostName(peer.serverName())));
      }
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return new OutboundConnection(peer, plain, secure);
    } catch (IOException | IllegalArgumentException failed) {
      CallDeadline.close(plain);
      throw told(failed, deadline);
    }
  }

  private static OutboundException unconnected(Peer peer, IOException failed) {
    InetSocketAddress address = peer.address();
    String host = Addresses.text(address.getAddress().getAddress());
    String at = host.indexOf(':') < 0 ? host : "[" + host + "]";
    String why =
        switch (failed) {
          case NoRouteToHostException _ -> "connect: no route to host";
          case ConnectException _ -> "connect: connection refused";
          case SocketException other when words(other).contains("unreachable") ->
              "connect: network is unreachable";
          default -> "connect: " + words(failed);
        };
    return OutboundException.unconnected(
        "dial tcp %s:%d: %s".formatted(at, address.getPort(), why));
  }

  private static String words(Exception failed) {
    String message = failed.getMessage();
    return message == null ? failed.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
  }

  /// In Go's words.
  private static OutboundException told(Exception failed, CallDeadline deadline) {
    if (deadline.hasPassed()) {
      return OutboundException.late();
    }
    CertificateException certificate = certificate(failed);
    if (certificate != null) {
      return OutboundException.unconnected(
          "tls: failed to verify certificate: " + certificate.getMessage());
    }
    String words = words(failed);
    if (failed instanceof EOFException end) {
      return OutboundException.because(String.valueOf(end.getMessage()));
    }
    if (words.contains("remote host terminated") || words.contains("closed connection")) {
      return OutboundException.because(END_BEFORE_ANSWER);
    }
    if (words.contains("unrecognized ssl message")) {
      return OutboundException.because("tls: first record does not look like a TLS handshake");
    }
    if (failed instanceof SSLException) {
      int alert = words.indexOf("alert: ");
      return OutboundException.because(
          alert < 0
              ? "tls: " + words
              : "remote error: tls: "
                  + words.substring(alert + "alert: ".length()).replace('_', ' '));
    }
    return OutboundException.because(
        words.contains("reset") ? "read: connection reset by peer" : words);
  }

  private static @Nullable CertificateException certificate(Exception failed) {
    Throwable cause = failed;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof CertificateException found) {
        return found;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /// One call. The connection is of no use any more unless it [#isReusable] afterwards.
  OutboundReply exchange(
      OutboundTarget target,
      List<byte[]> body,
      OutboundLimits limits,
      OutboundRoom room,
      CallDeadline deadline)
      throws OutboundException {
    begun = false;
    reusable = false;
    deadline.watch(plain);
    ReplyReader reader = new ReplyReader(in, limits, room);
    try {
      out.write(head(target, body.stream().mapToLong(each -> each.length).sum()));
      for (byte[] each : body) {
        out.write(each);
      }
      out.flush();
      OutboundReply reply = reader.read();
      reusable = reader.reusable();
      return reply;
    } catch (IOException failed) {
      throw told(failed, deadline);
    } finally {
      begun = reader.begun();
    }
  }

  private static byte[] head(OutboundTarget target, long length) {
    return """
    POST %s HTTP/1.1\r
    Host: %s\r
    %s\r
    Content-Length: %d\r
    Accept: application/json, */*\r
    Content-Type: application/json\r
    \r
    """
        .formatted(target.path(), target.authority(), String.join("\r\n", target.headers()), length)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Whether the server has begun to answer the last call.
  boolean hasAnswered() {
    return begun;
  }

  boolean isReusable() {
    return reusable;
  }

  Peer peer() {
    return peer;
  }

  void idleSince(long nanos) {
    idleSinceNanos = nanos;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /// Whether the server has closed it, or sent what nobody asked for. A call may find so nevertheless.
  boolean isStale() {
    try {
      return plain.isClosed() || in.available() > 0 || plain.getInputStream().available() > 0;
    } catch (IOException _) {
      return true;
    }
  }

  void close() {
    CallDeadline.close(plain);
  }
}
