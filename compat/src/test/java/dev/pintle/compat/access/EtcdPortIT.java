package dev.pintle.compat.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.PemTls;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The etcd port of `up` as another user of the machine finds it.
class EtcdPortIT {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  @TempDir private static Path data;
  private static RunningPintle pintle;

  @BeforeAll
  static void start() {
    pintle = RunningPintle.closed(data.resolve("it's closed"));
  }

  @AfterAll
  static void stop() {
    pintle.close();
  }

  private static HttpResponse<String> health(SSLContext tls)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(pintle.etcd() + "/health")).timeout(ANSWER_MAX).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void whoShowsTheCertificateIsHeard() throws Exception {
    SSLContext tls =
        PemTls.of(pintle.etcdFile("cacert"), pintle.etcdFile("cert"), pintle.etcdFile("key"));
    assertThat(health(tls).statusCode()).isEqualTo(200);
  }

  @Test
  void whoShowsNoneIsNotHeard() {
    SSLContext tls = PemTls.trusting(pintle.etcdFile("cacert"));
    assertThatThrownBy(() -> health(tls)).isInstanceOf(IOException.class);
  }

  @Test
  void clearTextIsNotHeard() throws Exception {
    String answer = PageRequest.post("/v3/kv/range", "{\"key\":\"Zm9v\"}").send(pintle.etcd());
    assertThat(answer).contains("Client sent an HTTP request to an HTTPS server.");
    assertThat(PageRequest.code(answer.replace("http/1.0", "http/1.1"))).isEqualTo(400);
  }

  /// Whoever may speak to the store may do everything, so a right in Kubernetes must not be one here.
  @Test
  void aCertificateOfTheKubernetesAuthorityIsNotBelieved() {
    Path pki = pintle.kubeconfig().resolveSibling("pki");
    SSLContext tls =
        PemTls.of(pintle.etcdFile("cacert"), pki.resolve("admin.crt"), pki.resolve("admin.key"));
    assertThatThrownBy(() -> health(tls)).isInstanceOf(IOException.class);
  }

  @Test
  void theEtcdCertificateIsNobodyInKubernetes() throws Exception {
    Path pki = pintle.kubeconfig().resolveSibling("pki");
    SSLContext tls =
        PemTls.of(pki.resolve("ca.crt"), pintle.etcdFile("cert"), pintle.etcdFile("key"));
    try (KubeClient client = KubeClient.of(pintle.kube(), "", tls)) {
      assertThat(client.get("/api/v1/secrets").code()).isEqualTo(401);
    }
  }

  @Test
  void jetcdReadsWhatKubernetesWrote() throws Exception {
    try (Client client =
        Client.builder()
            .endpoints(pintle.etcd())
            .sslContext(builder ->
                builder
                    .trustManager(pintle.etcdFile("cacert").toFile())
                    .keyManager(pintle.etcdFile("cert").toFile(), pintle.etcdFile("key").toFile()))
            .build()) {
      ByteSequence prefix = ByteSequence.from("/registry/namespaces/", StandardCharsets.UTF_8);
      assertThat(
              client
                  .getKVClient()
                  .get(prefix, GetOption.builder().isPrefix(true).build())
                  .get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
                  .getCount())
          .isPositive();
    }
  }

  @Test
  void theKubeconfigCarriesNoTokenAndIsEnough() throws Exception {
    assertThat(Kubeconfig.read(pintle.kubeconfig()).text()).doesNotContain("token");
    try (KubeClient client = KubeClient.byCertificate(pintle)) {
      assertThat(client.get("/api/v1/secrets").code()).isEqualTo(200);
    }
  }
}
