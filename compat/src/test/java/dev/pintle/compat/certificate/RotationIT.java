package dev.pintle.compat.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.PemTls;
import dev.pintle.compat.harness.RunningPintle;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./pintle certs` beside the running server.
class RotationIT {
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final String NAMESPACES = "/api/v1/namespaces";

  @TempDir private Path folder;

  private String certs(Path data, String... words) {
    List<String> arguments =
        Stream.of(Stream.of("certs"), Stream.of(words), Stream.of("--data", data.toString()))
            .flatMap(word -> word)
            .toList();
    try (Child child = RunningPintle.start(folder, arguments)) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isZero();
      return child.log();
    }
  }

  @Test
  void whoKnowsTheOldAuthorityGoesOnUntilTheRotationIsFinished() throws Exception {
    Path data = folder.resolve("data");
    try (RunningPintle pintle = RunningPintle.closed(data)) {
      Path old = Files.createDirectory(folder.resolve("old"));
      for (String name : List.of("ca.crt", "admin.crt", "admin.key")) {
        Files.copy(
            data.resolve("pki").resolve(name),
            old.resolve(name),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
      assertThat(certs(data, "rotate"))
          .contains("ca-old", "etcd/ca-old", "The running server (process " + pintle.child().pid());
      awaitBelieved(pintle, data.resolve("pki"));
      assertThat(code(pintle, old)).contains(200);
      certs(data, "rotate", "--finish");
      pintle
          .child()
          .await(
              "the end of the belief",
              END_MAX,
              () -> code(pintle, old).isEmpty() ? Optional.of(true) : Optional.empty());
      awaitBelieved(pintle, data.resolve("pki"));
    }
  }

  @Test
  void aRenewedTokenReplacesTheOneOfBefore() throws Exception {
    Path data = folder.resolve("data");
    try (RunningPintle pintle = RunningPintle.up(data, "--etcd", "off", "--kube", "127.0.0.1:0");
        KubeClient before = KubeClient.of(pintle)) {
      assertThat(before.get(NAMESPACES).code()).isEqualTo(200);
      certs(data, "renew");
      pintle
          .child()
          .await(
              "the end of the token",
              END_MAX,
              () -> before.get(NAMESPACES).code() == 401 ? Optional.of(true) : Optional.empty());
      pintle
          .child()
          .await(
              "the new token",
              END_MAX,
              () -> {
                try (KubeClient after = KubeClient.of(pintle)) {
                  return after.get(NAMESPACES).code() == 200 ? Optional.of(true) : Optional.empty();
                }
              });
    }
  }

  @Test
  void withoutTheAuthoritysKeyItStartsAndSaysWhatItCannot() throws Exception {
    Path data = folder.resolve("data");
    RunningPintle.closed(data).close();
    Files.delete(data.resolve("pki/ca.key"));
    try (RunningPintle pintle = RunningPintle.closed(data)) {
      awaitBelieved(pintle, data.resolve("pki"));
    }
    try (Child child =
        RunningPintle.start(folder, List.of("certs", "renew", "--data", data.toString()))) {
      assertThat(child.awaitExit(END_MAX)).isEqualTo(14);
      assertThat(child.log()).contains("ca.key: not there").hasLineCount(1);
    }
  }

  @Test
  void everyCertificateIsListedWithItsEndAndCounted() {
    Path data = folder.resolve("data");
    try (RunningPintle pintle = RunningPintle.closed(data);
        KubeClient client = KubeClient.byCertificate(pintle)) {
      KubeClient.Answer metrics = client.get("/metrics");
      assertThat(metrics.code()).as(metrics.text()).isEqualTo(200);
      for (String name :
          List.of("ca", "server", "admin", "etcd/ca", "etcd/server", "etcd/client")) {
        assertThat(certs(data)).containsPattern("(?m)^" + name + " +20\\d\\d-\\S+Z +\\d+d$");
        assertThat(metrics.text())
            .contains("pintle_certificate_ttl_seconds{certificate=\"%s\"} 3".formatted(name));
      }
    }
  }

  private static void awaitBelieved(RunningPintle pintle, Path pki) {
    pintle
        .child()
        .await(
            "the new certificates", END_MAX, () -> code(pintle, pki).filter(code -> code == 200));
  }

  /// How an administrator with these files is answered; empty when either side does not believe the other.
  private static Optional<Integer> code(RunningPintle pintle, Path pki) {
    SSLContext tls =
        PemTls.of(pki.resolve("ca.crt"), pki.resolve("admin.crt"), pki.resolve("admin.key"));
    try (KubeClient client = KubeClient.of(pintle.kube(), "", tls)) {
      return Optional.of(client.get(NAMESPACES).code());
    } catch (UncheckedIOException notBelieved) {
      return Optional.empty();
    }
  }
}
