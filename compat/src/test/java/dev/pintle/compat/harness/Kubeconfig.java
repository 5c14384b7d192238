package dev.pintle.compat.harness;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The content of a kubeconfig of the started program.
public record Kubeconfig(String text) {
  private static final char[] NO_PASSWORD = {};

  public static Kubeconfig read(Path file) {
    try {
      return new Kubeconfig(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  public String server() {
    return field("server").orElseThrow();
  }

  public String token() {
    return field("token").orElseThrow();
  }

  /// A kubeconfig of the same server for who has `other`.
  public String withToken(String other) {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: server, cluster: {server: "%s", certificate-authority-data: %s}}]
    users: [{name: user, user: {token: %s}}]
    contexts: [{name: context, context: {cluster: server, user: user}}]
    current-context: context
    """
        .formatted(server(), field("certificate-authority-data").orElseThrow(), other);
  }

  /// The certificate of the server's authority, as PEM.
  public byte[] authority() {
    return pem("certificate-authority-data");
  }

  private Optional<String> field(String name) {
    Matcher matcher = Pattern.compile("(?m)^ *(?:- )?" + name + ": *\"?([^\"\\s]+)").matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private byte[] pem(String name) {
    return Base64.getDecoder().decode(field(name).orElseThrow());
  }

  /// Trusts the server's authority, and shows the client's certificate where `identified`.
  public SSLContext tls(boolean identified) {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("authority", certificate("certificate-authority-data"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identified ? keys() : new KeyManager[0], trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS of the kubeconfig", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private Certificate certificate(String name) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem(name)));
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    String body =
        new String(pem("client-key-data"), StandardCharsets.US_ASCII)
            .replaceAll("-----[A-Z ]+-----", "")
            .replaceAll("\\s", "");
    Certificate certificate = certificate("client-certificate-data");
    PrivateKey key =
        KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    KeyStore own = empty();
    own.setKeyEntry("client", key, NO_PASSWORD, new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    return keys.getKeyManagers();
  }
}
