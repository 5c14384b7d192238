package dev.pintle.compat.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The real API server over an etcd of our choice.
public final class RealKube implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final String TOKEN = "0123456789abcdef";

  private final Child child;
  private final KubeClient client;

  private RealKube(Child child, KubeClient client) {
    this.child = child;
    this.client = client;
  }

  /// @param etcd the URL that clients of the store use
  /// @param folder for its keys and its log
  /// @param flags beside those that a start needs
  public static RealKube over(String etcd, Path folder, String... flags) {
    Path program = Peers.require("kube-apiserver");
    try {
      Files.createDirectories(folder);
      Path key = ServiceAccountKey.in(folder);
      Path tokens =
          Files.writeString(
              folder.resolve("tokens.csv"), TOKEN + ",admin,admin,\"system:masters\"\n");
      int port = FreePort.next();
      Path certificates = folder.resolve("certs");
      List<String> command =
          new ArrayList<>(
              List.of(
                  program.toString(),
                  "--etcd-servers=" + etcd,
                  "--secure-port=" + port,
                  "--bind-address=127.0.0.1",
                  "--endpoint-reconciler-type=none",
                  "--cert-dir=" + certificates,
                  "--service-account-issuer=https://kubernetes.default.svc",
                  "--service-account-key-file=" + key,
                  "--service-account-signing-key-file=" + key,
                  "--token-auth-file=" + tokens,
                  "--authorization-mode=RBAC",
                  "--service-cluster-ip-range=10.0.0.0/24"));
      command.addAll(List.of(flags));
      Child child = Child.start(command, folder.resolve("kube-apiserver.log"));
      KubeClient client =
          child.await(
              "the real API server",
              START_MAX,
              () -> ready(port, certificates.resolve("apiserver.crt")));
      return new RealKube(child, client);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start the real API server", e);
    }
  }

  private static Optional<KubeClient> ready(int port, Path certificates) {
    if (!Files.exists(certificates) || !FreePort.isTaken(port)) {
      return Optional.empty();
    }
    try {
      KubeClient client = KubeClient.of("https://127.0.0.1:" + port, TOKEN, trusting(certificates));
      if (client.get("/readyz").code() == 200) {
        return Optional.of(client);
      }
      client.close();
    } catch (IOException | GeneralSecurityException | java.io.UncheckedIOException notYet) {
      // asked again
    }
    return Optional.empty();
  }

  private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, new char[0]);
    try (InputStream pem = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("certificate" + number++, one);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  public Child child() {
    return child;
  }

  public KubeClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    child.close();
  }
}
