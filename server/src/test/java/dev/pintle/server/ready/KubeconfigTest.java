package dev.pintle.server.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.server.pki.Pki;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir private Path folder;

  @Test
  void aCertificateIsInItWhereItsKeyIsWhatClientsTakeItFor() throws Exception {
    Pki pki = Pki.open(folder, List.of("localhost"), true, Instant.now());
    assertThat(Kubeconfig.text("https://127.0.0.1:1", pki).lines())
        .contains("    server: https://127.0.0.1:1", "    token: " + pki.adminToken())
        .anyMatch(line -> line.startsWith("    client-certificate-data: "))
        .anyMatch(line -> line.startsWith("    client-key-data: "));
  }

  @Test
  void otherwiseTheTokenAloneIs() throws Exception {
    Pki pki = Pki.passing(List.of("localhost"), true, Instant.now());
    assertThat(Kubeconfig.text("https://127.0.0.1:1", pki))
        .contains("\n  user:\n    token: " + pki.adminToken() + "\n")
        .doesNotContain("client-");
    Pki without = Pki.passing(List.of("localhost"), false, Instant.now());
    assertThat(Kubeconfig.text("https://127.0.0.1:1", without)).contains("client-key-data");
  }
}
