package dev.pintle.compat.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.PemTls;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The next connection is served by what the files hold now, and a file that cannot be used changes nothing.
class EtcdTlsReloadIT {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Minted authority;

  @BeforeEach
  void mint() throws Exception {
    authority = Minted.authority("first");
    authority.issue("server", "localhost").write(file("server.crt"), file("server.key"));
    Files.writeString(file("ca.crt"), authority.asPem());
    Minted.replace(file("revoked.crl"), authority.revoking());
    client("alice", authority);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Minted client(String name, Minted by) throws Exception {
    Minted made = by.issue(name, name + ".example");
    made.write(file(name + ".crt"), file(name + ".key"));
    return made;
  }

  private RunningPintle start(String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--listen-client-urls=https://127.0.0.1:0",
                "--cert-file=" + file("server.crt"),
                "--key-file=" + file("server.key"),
                "--trusted-ca-file=" + file("ca.crt"),
                "--client-cert-auth"));
    flags.addAll(List.of(more));
    return RunningPintle.etcdOnly(folder.resolve("pintle"), flags.toArray(String[]::new));
  }

  private SSLContext as(String name) {
    return PemTls.of(file("ca.crt"), file(name + ".crt"), file(name + ".key"));
  }

  private static String get(RunningPintle pintle, SSLContext context, String path)
      throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(pintle.etcd() + path)).timeout(ANSWER_MAX).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException refused) {
      return "refused";
    }
  }

  private static X509Certificate shown(RunningPintle pintle, SSLContext context)
      throws IOException {
    URI url = URI.create(pintle.etcd());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void aNewCertificateIsShownToTheNextConnectionAndABrokenOneIsNot() throws Exception {
    try (RunningPintle pintle = start()) {
      Minted second = authority.issue("second", "localhost");
      second.write(file("server.crt"), file("server.key"));
      assertThat(shown(pintle, as("alice"))).isEqualTo(second.certificate());

      Minted.replace(file("server.crt"), "nothing".getBytes(StandardCharsets.US_ASCII));
      assertThat(shown(pintle, as("alice"))).isEqualTo(second.certificate());
      Minted other = authority.issue("other", "localhost");
      Minted.replace(file("server.crt"), other.asPem().getBytes(StandardCharsets.US_ASCII));
      assertThat(shown(pintle, as("alice"))).as("a key of another").isEqualTo(second.certificate());

      assertThat(get(pintle, as("alice"), "/metrics"))
          .contains("\npintle_tls_reloads_total 1\n", "\npintle_tls_reload_failures_total 2\n");
      assertThat(pintle.child().log())
          .contains("\"level\":\"warn\"", "cannot be used", "those of before are served");
      other.write(file("server.crt"), file("server.key"));
      assertThat(shown(pintle, as("alice"))).isEqualTo(other.certificate());
    }
  }

  @Test
  void authoritiesAreReadAgain() throws Exception {
    try (RunningPintle pintle = start()) {
      Minted newer = Minted.authority("second");
      client("bob", newer);
      assertThat(get(pintle, as("bob"), "/version")).isEqualTo("refused");
      Minted.replace(
          file("ca.crt"), (authority.asPem() + newer.asPem()).getBytes(StandardCharsets.US_ASCII));
      assertThat(get(pintle, as("bob"), "/version")).contains("etcdserver");
      assertThat(get(pintle, as("alice"), "/version")).contains("etcdserver");
    }
  }

  @Test
  void whoIsRevokedIsNotLetIn() throws Exception {
    Minted bob = client("bob", authority);
    try (RunningPintle pintle = start("--client-crl-file=" + file("revoked.crl"))) {
      assertThat(get(pintle, as("bob"), "/version")).contains("etcdserver");
      Minted.replace(file("revoked.crl"), authority.revoking(bob));
      assertThat(get(pintle, as("bob"), "/version")).isEqualTo("refused");
      assertThat(get(pintle, as("alice"), "/version")).contains("etcdserver");
      Minted.replace(file("revoked.crl"), new byte[] {1, 2, 3});
      assertThat(get(pintle, as("bob"), "/version")).as("a broken list").isEqualTo("refused");
    }
  }

  @Test
  void onlyNamesOfTheListAreLetIn() throws Exception {
    client("bob", authority);
    try (RunningPintle pintle = start("--client-cert-allowed-hostname=bob.example")) {
      assertThat(get(pintle, as("bob"), "/version")).contains("etcdserver");
      assertThat(get(pintle, as("alice"), "/version")).isEqualTo("refused");
    }
  }

  @Test
  void versionsAndCiphersAreThoseOfTheFlags() throws Exception {
    try (RunningPintle pintle =
        start(
            "--tls-max-version=TLS1.2",
            "--cipher-suites=TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")) {
      URI url = URI.create(pintle.etcd());
      try (SSLSocket socket =
          (SSLSocket) as("alice").getSocketFactory().createSocket(url.getHost(), url.getPort())) {
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThat(socket.getSession().getCipherSuite())
            .isEqualTo("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
      }
    }
    try (RunningPintle pintle = start("--tls-min-version=TLS1.3")) {
      URI url = URI.create(pintle.etcd());
      try (SSLSocket socket =
          (SSLSocket) as("alice").getSocketFactory().createSocket(url.getHost(), url.getPort())) {
        SSLParameters old = socket.getSSLParameters();
        old.setProtocols(new String[] {"TLSv1.2"});
        socket.setSSLParameters(old);
        assertThat(handshakes(socket)).isFalse();
      }
    }
  }

  private static boolean handshakes(SSLSocket socket) {
    try {
      socket.startHandshake();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void aCertificateOfItsOwnIsMadeOnceAndClearTextIsToldSo() throws Exception {
    Path data = folder.resolve("auto");
    byte[] made;
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(data, "--auto-tls", "--listen-client-urls=https://127.0.0.1:0")) {
      Path certificate = data.resolve("fixtures/client/cert.pem");
      made = Files.readAllBytes(certificate);
      assertThat(get(pintle, PemTls.trusting(certificate), "/version")).contains("etcdserver");
      try (HttpClient client = HttpClient.newHttpClient()) {
        var answer =
            client.send(
                HttpRequest.newBuilder(
                        URI.create(pintle.etcd().replace("https", "http") + "/version"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Client sent an HTTP request to an HTTPS server.");
      }
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(data, "--auto-tls", "--listen-client-urls=https://127.0.0.1:0")) {
      assertThat(Files.readAllBytes(data.resolve("fixtures/client/cert.pem"))).isEqualTo(made);
      assertThat(pintle.etcd()).startsWith("https://");
    }
  }
}
