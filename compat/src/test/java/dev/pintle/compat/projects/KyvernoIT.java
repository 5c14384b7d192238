package dev.pintle.compat.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.PeerSource;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.ProjectCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Kyverno at work: its admission controller registers its own webhooks, its policies refuse and change what users write, and one that can
/// be the server's own becomes that.
class KyvernoIT {
  private static final String PROGRAM = "kyverno";
  private static final String NAMESPACE = "kyverno";
  private static final String MANIFEST = "config/install-latest-testing.yaml";
  private static final String POLICIES = "/apis/kyverno.io/v1/clusterpolicies";
  private static final String OWN = "/apis/admissionregistration.k8s.io/v1";
  private static final String USERS = "users";

  @TempDir private static Path folder;
  private static ProjectCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Peers.require(PROGRAM);
    Peers.require("kubectl");
    PeerSource source = PeerSource.require("kyverno", "github.com/kyverno/kyverno");
    int port = FreePort.next();
    cluster =
        ProjectCluster.start(folder, NAMESPACE)
            .with(
                made -> made.apply(source.folder().resolve(MANIFEST)),
                made -> made.serveHere("kyverno-svc"),
                made -> made.start(PROGRAM, environment(), arguments(made, port)));
    cluster.make("/api/v1/namespaces", "{'metadata':{'name':'%s'}}".formatted(USERS));
    // Its webhook is asked as soon as it has registered it, and trusted.
    cluster.until(
        OWN + "/validatingwebhookconfigurations/kyverno-policy-validating-webhook-cfg",
        found -> !found.path("webhooks").isEmpty());
  }

  /// What its Deployment has in the environment of the container.
  private static Map<String, String> environment() {
    return Map.of(
        "INIT_CONFIG", "kyverno",
        "METRICS_CONFIG", "kyverno-metrics",
        "KYVERNO_NAMESPACE", NAMESPACE,
        "KYVERNO_POD_NAME", "kyverno-0",
        "KYVERNO_SERVICEACCOUNT_NAME", "kyverno-admission-controller",
        "KYVERNO_ROLE_NAME", "kyverno:admission-controller",
        "KYVERNO_SVC", "kyverno-svc",
        "KYVERNO_DEPLOYMENT", "kyverno-admission-controller",
        "HOME", ".",
        "TUF_ROOT", "sigstore");
  }

  private static List<String> arguments(ProjectCluster made, int port) throws IOException {
    String account = "--%sServiceAccountName=system:serviceaccount:kyverno:kyverno-%s-controller";
    return List.of(
        "--kubeconfig=" + made.kubeconfig("kyverno-admission-controller"),
        "--caSecretName=kyverno-svc.kyverno.svc.kyverno-tls-ca",
        "--tlsSecretName=kyverno-svc.kyverno.svc.kyverno-tls-pair",
        account.formatted("background", "background"),
        account.formatted("reports", "reports"),
        "--servicePort=" + port,
        "--webhookServerHost=127.0.0.1",
        "--webhookServerPort=" + port,
        "--disableMetrics=true",
        "--controllerRuntimeMetricsAddress=0",
        "--generateValidatingAdmissionPolicy=true",
        "--omitEvents=PolicyApplied,PolicySkipped");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      try (ProjectCluster stopped = cluster) {
        assertThat(stopped.warnings()).isEmpty();
      }
    }
  }
}
