package dev.pintle.bench.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The place where a server listens, and whether it expects TLS there.
public record ServerAddress(String host, int port, boolean tls) {
  private static final int CONNECT_MILLIS_MAX = 10_000;

  /// Little, so that a client that does not read is felt by the server at once.
  private static final int RECEIVE_BYTES = 4096;

  /// @param url `http://host:port` or `https://host:port`
  public static ServerAddress of(String url) {
    URI uri = URI.create(url);
    return new ServerAddress(uri.getHost(), uri.getPort(), uri.getScheme().equals("https"));
  }

  /// A connection of TCP alone, whatever the server expects.
  public Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS_MAX);
    return socket;
  }

  /// A connection that is ready to be spoken on.
  ///
  /// @param protocol its name in ALPN
  /// @param silenceMillisMax how long a read may take
  public Socket open(String protocol, int silenceMillisMax) throws IOException {
    Socket plain = connect();
    plain.setSoTimeout(silenceMillisMax);
    if (!tls) {
      return plain;
    }
    // To close it would wait for a write that the server does not read.
    plain.setSoLinger(true, 0);
    SSLSocket encrypted =
        (SSLSocket) Https.context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }
}
