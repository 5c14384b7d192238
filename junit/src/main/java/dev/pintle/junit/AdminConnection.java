package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The requests of the extension itself, as the administrator: it depends on no client library.
final class AdminConnection implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String AGENT = "pintle-junit";

  private final URI server;
  private final String token;
  private final HttpClient client;

  AdminConnection(PintleServer server) {
    this.server = server.url();
    this.token = server.token();
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls(server.caCertificate()))
            .build();
  }

  /// An answer of the server.
  ///
  /// @param status of HTTP
  record Reply(int status, String body) {
    boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  /// @param contentType of `body`
  Reply send(String method, String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json")
        .header("User-Agent", AGENT);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException failed) {
      throw new PintleTestException("no answer from " + server, failed);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new PintleTestException("interrupted while waiting for " + server, hurried);
    }
  }

  private static SSLContext tls(String authority) {
    try {
      Certificate trusted =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII)));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("authority", trusted);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (IOException | GeneralSecurityException failed) {
      throw new PintleTestException("TLS cannot be set up", failed);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
