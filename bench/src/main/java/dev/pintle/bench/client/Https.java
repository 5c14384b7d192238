package dev.pintle.bench.client;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A client for servers on the loopback address that were started a moment ago with certificates of their own.
public final class Https {

  /// For a client that comes after all other programs of a busy machine, too: a first handshake in a new JVM takes its time there.
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  private Https() {}

  public static HttpClient trustingAnyone() {
    return HttpClient.newBuilder().sslContext(context()).connectTimeout(CONNECT_LIMIT).build();
  }

  /// As [#trustingAnyone], from an address of this machine.
  public static HttpClient from(InetAddress address) {
    return HttpClient.newBuilder()
        .sslContext(context())
        .connectTimeout(CONNECT_LIMIT)
        .localAddress(address)
        .build();
  }

  /// TLS that believes every certificate.
  public static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnyone()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS: the JDK offers no such protocol", e);
    }
  }

  /// An extended manager, so that the JDK adds no check of the host name.
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
