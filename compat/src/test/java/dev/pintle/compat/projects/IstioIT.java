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

/// istio's control plane at work: pods of the mesh are given their sidecars, what it cannot configure is refused, and each namespace has its
/// authority.
class IstioIT {
  private static final String PROGRAM = "pilot-discovery";
  private static final String NAMESPACE = "istio-system";
  private static final String CHARTS = "manifests/charts";
  private static final String HOOKS = "/apis/admissionregistration.k8s.io/v1/";
  private static final String NETWORK = "/apis/networking.istio.io/v1/namespaces/mesh/";

  @TempDir private static Path folder;
  private static ProjectCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Peers.require("helm");
    Peers.require(PROGRAM);
    PeerSource source = PeerSource.require("istio", "istio.io/istio");
    Path charts = folder.resolve("charts");
    source.copy(CHARTS + "/base", charts.resolve("base"));
    source.copy(CHARTS + "/istio-control/istio-discovery", charts.resolve("istiod"));
    int port = FreePort.next();
    String here = "https://localhost:" + port;
    String validation = "base.validationURL=" + here + "/validate";
    cluster =
        ProjectCluster.start(folder, NAMESPACE)
            .with(
                made -> made.installChart("istio-base", charts.resolve("base"), validation),
                made ->
                    made.installChart(
                        "istiod",
                        charts.resolve("istiod"),
                        "istiodRemote.injectionURL=" + here + "/inject",
                        validation),
                made -> made.start(PROGRAM, environment(), arguments(made, port)));
    cluster.make(
        "/api/v1/namespaces",
        "{'metadata':{'name':'mesh','labels':{'istio-injection':'enabled'}}}");
    // It trusts its own webhooks to the server, and lets them refuse once they answer.
    cluster.until(
        HOOKS + "mutatingwebhookconfigurations/istio-sidecar-injector",
        found -> hooks(found).allMatch(hook -> hook.path("clientConfig").has("caBundle")));
    for (String validator : List.of("istio-validator-istio-system", "istiod-default-validator")) {
      cluster.until(
          HOOKS + "validatingwebhookconfigurations/" + validator,
          found ->
              hooks(found).allMatch(hook -> hook.path("failurePolicy").asString().equals("Fail")));
    }
  }

  private static Stream<JsonNode> hooks(JsonNode configuration) {
    return configuration.path("webhooks").valueStream();
  }

  /// What its Deployment has in the environment of the container.
  private static Map<String, String> environment() {
    return Map.of(
        "REVISION", "default",
        "POD_NAME", "istiod-0",
        "POD_NAMESPACE", NAMESPACE,
        "SERVICE_ACCOUNT", "istiod",
        "PILOT_CERT_PROVIDER", "istiod",
        "CLUSTER_ID", "Kubernetes",
        "ISTIOD_CUSTOM_HOST", "localhost");
  }

  private static List<String> arguments(ProjectCluster made, int port) throws IOException {
    return List.of(
        "discovery",
        "--kubeconfig=" + made.kubeconfig("istiod"),
        "--httpsAddr=127.0.0.1:" + port,
        "--httpAddr=127.0.0.1:" + FreePort.next(),
        "--grpcAddr=",
        "--secureGRPCAddr=127.0.0.1:" + FreePort.next(),
        "--monitoringAddr=127.0.0.1:" + FreePort.next(),
        "--ctrlz_port=" + FreePort.next());
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      try (ProjectCluster stopped = cluster) {
        assertThat(stopped.warnings()).isEmpty();
      }
    }
  }

  private static String pod(String name, String labels) {
    return "{'metadata':{'name':'%s','labels':{%s}},'spec':{'containers':[{'name':'app','image':'app:1'}]}}"
        .formatted(name, labels);
  }

  @Test
  void aPodOfTheMeshIsGivenItsSidecar() {
    cluster.until("/api/v1/namespaces/mesh/serviceaccounts/default", _ -> true);
    JsonNode pod = cluster.make("/api/v1/namespaces/mesh/pods", pod("a", "'app':'a'"));
    assertThat(names(pod.path("spec").path("containers"))).contains("app");
    assertThat(pod.toString()).contains("istio-proxy", "istio-init");
    assertThat(pod.path("metadata").path("annotations").path("sidecar.istio.io/status").asString())
        .contains("istio-envoy");
    assertThat(
            pod.path("metadata").path("labels").path("service.istio.io/canonical-name").asString())
        .isEqualTo("a");
  }

  @Test
  void aPodThatWantsNoneHasNone() {
    cluster.until("/api/v1/namespaces/mesh/serviceaccounts/default", _ -> true);
    JsonNode pod =
        cluster.make("/api/v1/namespaces/mesh/pods", pod("b", "'sidecar.istio.io/inject':'false'"));
    assertThat(names(pod.path("spec").path("containers"))).containsExactly("app");
    assertThat(pod.path("spec").has("initContainers")).isFalse();
  }

  private static List<String> names(JsonNode containers) {
    return containers.valueStream().map(one -> one.path("name").asString()).toList();
  }

  @Test
  void whatItCannotConfigureIsRefused() {
    String route =
        "{'apiVersion':'networking.istio.io/v1','kind':'VirtualService','metadata':{'name':'%s','labels':{'istio.io/rev':'default'}},'spec':{'hosts':['a'],'http':[{'route':[{'destination':{'host':'%s'}}]}]}}";
    KubeClient.Answer refused =
        cluster.post(NETWORK + "virtualservices", route.formatted("odd", "a b"));
    assertThat(refused.code()).as(refused.text()).isEqualTo(400);
    assertThat(refused.message())
        // Two webhooks of its ask the same, and either may be the first to say no.
        .startsWith("admission webhook ")
        .endsWith(
            "validation.istio.io\" denied the request: configuration is invalid: domain name \"a b\" invalid (label \"a b\" invalid)");
    cluster.make(NETWORK + "virtualservices", route.formatted("plain", "a"));
  }

  @Test
  void aNamespaceHasItsAuthority() {
    cluster.until(
        "/api/v1/namespaces/mesh/configmaps/istio-ca-root-cert",
        found -> found.path("data").path("root-cert.pem").asString().contains("CERTIFICATE"));
  }
}
