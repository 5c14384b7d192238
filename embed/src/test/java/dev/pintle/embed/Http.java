package dev.pintle.embed;

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
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A client that knows a server by what the server tells of itself, and nothing else.
final class Http implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final char[] NO_PASSWORD = {};

  private final URI server;
  private final String token;
  private final HttpClient client;

  private Http(URI server, String token, SSLContext tls) {
    this.server = server;
    this.token = token;
    this.client = HttpClient.newBuilder().sslContext(tls).build();
  }

  /// The administrator by token.
  static Http of(PintleServer server) throws Exception {
    return new Http(server.url(), server.token(), tls(server.caCertificate(), new KeyManager[0]));
  }

  /// Whoever has the token.
  static Http of(PintleServer server, String token) throws Exception {
    return new Http(server.url(), token, tls(server.caCertificate(), new KeyManager[0]));
  }

  /// The administrator by certificate.
  static Http byCertificate(PintleServer server) throws Exception {
    ClientSettings settings = server.clientSettings();
    KeyManager[] own = keys(decoded(settings.clientCertData()), decoded(settings.clientKeyData()));
    return new Http(server.url(), "", tls(decoded(settings.caCertData()), own));
  }

  static Http of(EtcdConnection etcd) throws Exception {
    return new Http(
        etcd.url(),
        "",
        tls(etcd.caCertificate(), keys(etcd.clientCertificate(), etcd.clientKey())));
  }

  static Http withoutCertificate(EtcdConnection etcd) throws Exception {
    return new Http(etcd.url(), "", tls(etcd.caCertificate(), new KeyManager[0]));
  }

  /// Nobody in particular.
  static Http believing(String authority, URI server) throws Exception {
    return new Http(server, "", tls(authority, new KeyManager[0]));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return client.send(request(path).DELETE().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> patch(String path, String mergePatch)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(mergePatch))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /// The events of a watch, as they come, each a line.
  Stream<String> watch(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path + "?watch=true&timeoutSeconds=20").GET().build();
    return client.send(request, BodyHandlers.ofLines()).body();
  }

  /// As [#watch], from a version on.
  Stream<String> watchFrom(String path, long version) throws IOException, InterruptedException {
    String query = "?watch=true&timeoutSeconds=20&resourceVersion=" + version;
    return client.send(request(path + query).GET().build(), BodyHandlers.ofLines()).body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static SSLContext tls(String authority, KeyManager[] own)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, NO_PASSWORD);
    trusted.setCertificateEntry("authority", certificate(authority));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own, trust.getTrustManagers(), null);
    return tls;
  }

  private static KeyManager[] keys(String certificate, String key)
      throws GeneralSecurityException, IOException {
    byte[] der = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
        NO_PASSWORD,
        new Certificate[] {certificate(certificate)});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static Certificate certificate(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
