package dev.pintle.compat.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The certificate of the kubeconfig, without its token.
class CertificateIT {
  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String NAMESPACES = "/api/v1/namespaces";

  @TempDir private Path data;

  private RunningPintle pintle;

  @BeforeEach
  void start() {
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }

  @AfterEach
  void stop() {
    if (pintle != null) {
      pintle.close();
    }
  }

  @Test
  void theCertificateAloneTellsWhoAsks() {
    try (KubeClient client = KubeClient.byCertificate(pintle)) {
      JsonNode user = client.post(REVIEWS, "{}").json().path("status").path("userInfo");
      assertThat(user.path("username").asString()).isEqualTo("pintle-admin");
      assertThat(user.path("groups").valueStream().map(JsonNode::asString).toList())
          .contains("system:masters", "system:authenticated");
      assertThat(client.get(NAMESPACES).code()).isEqualTo(200);
    }
  }

  @Test
  void withoutBothNobodyReadsAnything() {
    try (KubeClient client = KubeClient.anonymous(pintle)) {
      assertThat(client.get(NAMESPACES).code()).isIn(401, 403);
      assertThat(client.get("/readyz").code()).isEqualTo(200);
    }
  }

  @Test
  void kubectlWorksByTheCertificate() throws IOException {
    Path kubectl = Peers.require("kubectl");
    String without = Files.readString(pintle.kubeconfig()).replaceAll("(?m)^ *token:.*\\R", "");
    assertThat(without).doesNotContain("token").contains("client-certificate-data");
    Path config = Files.writeString(data.resolve("by-certificate"), without);
    Tool.Result who =
        Tool.of(kubectl, "auth", "whoami")
            .with("KUBECONFIG", config.toString())
            .with("HOME", data.toString())
            .run();
    assertThat(who.exit()).as(who.err()).isZero();
    assertThat(who.out()).contains("admin", "system:masters");
  }
}
