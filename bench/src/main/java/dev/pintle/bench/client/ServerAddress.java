package dev.pintle.bench.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The place where a server listens, and whether it expects TLS there.
public record ServerAddress(String host, int port, boolean tls) {
  private static final int CONNECT_MILLIS_MAX = 10_000;

  /// Little, so that a client that does not read is felt by the server at once.
  private static final int RECEIVE_BYTES = 4096;

  private static final int FAST_RECEIVE_BYTES = 64 << 10;

  /// @param url `http://host:port` or `https://host:port`
  public static ServerAddress of(String url) {
    URI uri = URI.create(url);
    return new ServerAddress(uri.getHost(), uri.getPort(), uri.getScheme().equals("https"));
  }

  /// A connection of TCP alone, whatever the server expects.
  public Socket connect() throws IOException {
    return connect(null, RECEIVE_BYTES);
  }

  private Socket connect(@Nullable InetAddress from, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBytes);
    socket.setTcpNoDelay(true);
    if (from != null) {
      socket.bind(new InetSocketAddress(from, 0));
    }
    socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS_MAX);
    return socket;
  }

  /// A connection that is ready to be spoken on.
  ///
  /// @param protocol its name in ALPN
  /// @param silenceMillisMax how long a read may take
  public Socket open(String protocol, int silenceMillisMax) throws IOException {
    return encrypted(connect(), Https.context(), protocol, silenceMillisMax);
  }

  /// As [#open(String, int)], from another address of this machine, by a client that takes what comes as fast as it can.
  ///
  /// @param context the same for connections that may resume one another's sessions
  public Socket open(InetAddress from, SSLContext context, String protocol, int silenceMillisMax)
      throws IOException {
    return encrypted(connect(from, FAST_RECEIVE_BYTES), context, protocol, silenceMillisMax);
  }

  private Socket encrypted(Socket plain, SSLContext context, String protocol, int silenceMillisMax)
      throws IOException {
    plain.setSoTimeout(silenceMillisMax);
    if (!tls) {
      return plain;
    }
    // To close it would wait for a write that the server does not read.
    plain.setSoLinger(true, 0);
    SSLSocket encrypted =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }
}
