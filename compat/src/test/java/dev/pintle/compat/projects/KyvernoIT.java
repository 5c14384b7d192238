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
    // It registers its webhooks before it has the certificate that they show.
    String any = body("any", "Pod", "'validate':{'message':'m','pattern':{'kind':'Pod'}}");
    cluster.until(
        OWN + "/mutatingwebhookconfigurations/kyverno-policy-mutating-webhook-cfg",
        found -> !found.path("webhooks").isEmpty());
    cluster.until(
        "a webhook", () -> cluster.post(POLICIES + "?dryRun=All", any).code() == 201 ? true : null);
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

  private static boolean is(JsonNode object, String condition) {
    return object
        .path("status")
        .path("conditions")
        .valueStream()
        .anyMatch(found ->
            found.path("type").asString().equals(condition)
                && found.path("status").asString().equals("True"));
  }

  /// Makes a policy of one rule, and waits until Kyverno keeps it.
  ///
  /// @param rule JSON with single quotes, without the braces
  private static void policy(String name, String kinds, String rule) {
    cluster.make(POLICIES, body(name, kinds, rule));
    cluster.until(POLICIES + "/" + name, found -> is(found, "Ready"));
  }

  private static String body(String name, String kinds, String rule) {
    return "{'apiVersion':'kyverno.io/v1','kind':'ClusterPolicy','metadata':{'name':'%1$s'},'spec':{'background':false,'rules':[{'name':'%1$s','match':{'any':[{'resources':{'kinds':['%2$s']}}]},%3$s}]}}"
        .formatted(name, kinds, rule);
  }

  private static String in(String resource) {
    return "/api/v1/namespaces/%s/%s".formatted(USERS, resource);
  }

  private static String object(String name, String labels, String more) {
    return "{'metadata':{'name':'%s','labels':{%s}}%s}".formatted(name, labels, more);
  }

  @Test
  void aPolicyRefusesWithItsText() {
    policy(
        "team",
        "Pod",
        "'validate':{'failureAction':'Enforce','message':'every pod belongs to a team','pattern':{'metadata':{'labels':{'team':'?*'}}}}");
    cluster.until(in("serviceaccounts/default"), _ -> true);
    String pod = ",'spec':{'containers':[{'name':'c','image':'c:1'}]}";
    KubeClient.Answer refused =
        cluster.until(
            "a refusal",
            () -> {
              KubeClient.Answer answer =
                  cluster.post(in("pods?dryRun=All"), object("stray", "", pod));
              return answer.code() == 201 ? null : answer;
            });
    assertThat(refused.code()).as(refused.text()).isEqualTo(400);
    assertThat(refused.message())
        .startsWith("admission webhook \"validate.kyverno.svc-fail\" denied the request: ")
        .contains(
            "resource Pod/users/stray was blocked due to the following policies",
            "every pod belongs to a team");
    cluster.make(in("pods"), object("member", "'team':'a'", pod));
    KubeClient.Answer lost =
        cluster
            .client()
            .send(
                "PATCH",
                in("pods/member"),
                KubeClient.MERGE,
                "{\"metadata\":{\"labels\":{\"team\":null}}}");
    assertThat(lost.code()).as(lost.text()).isEqualTo(400);
  }

  @Test
  void aPolicyWritesWhatIsMissing() {
    policy(
        "cost",
        "ConfigMap",
        "'mutate':{'patchStrategicMerge':{'metadata':{'labels':{'+(cost)':'{{request.namespace}}'}}}}");
    JsonNode changed =
        cluster.until(
            "a label",
            () -> {
              JsonNode map = cluster.make(in("configmaps?dryRun=All"), object("m", "'a':'b'", ""));
              return map.path("metadata").path("labels").has("cost") ? map : null;
            });
    assertThat(changed.path("metadata").path("labels").path("cost").asString()).isEqualTo(USERS);
    JsonNode own = cluster.make(in("configmaps"), object("own", "'cost':'mine'", ""));
    assertThat(own.path("metadata").path("labels").path("cost").asString()).isEqualTo("mine");
  }

  @Test
  void aPolicyThatCanNeverHoldIsRefused() {
    KubeClient.Answer refused =
        cluster.post(
            POLICIES,
            body(
                "odd",
                "Pod",
                "'validate':{'failureAction':'Enforce','pattern':{'metadata':{'labels':{'team':'{{unknown.x}}'}}}}"));
    assertThat(refused.code()).as(refused.text()).isEqualTo(400);
    assertThat(refused.message())
        .startsWith("admission webhook \"validate-policy.kyverno.svc\" denied the request: ");
  }

  /// It makes a ValidatingAdmissionPolicy and its binding, which the server then enforces by itself.
  @Test
  void aPolicyOfExpressionsBecomesTheServersOwn() {
    policy(
        "few",
        "ReplicationController",
        "'validate':{'failureAction':'Enforce','cel':{'generate':true,'expressions':[{'expression':'object.spec.replicas <= 3','message':'at most three replicas'}]}}");
    cluster.until(OWN + "/validatingadmissionpolicies/cpol-few", _ -> true);
    cluster.until(OWN + "/validatingadmissionpolicybindings/cpol-few-binding", _ -> true);
    String body =
        "{'metadata':{'name':'r'},'spec':{'replicas':5,'selector':{'a':'b'},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'c:1'}]}}}}";
    KubeClient.Answer refused =
        cluster.until(
            "a refusal",
            () -> {
              KubeClient.Answer answer =
                  cluster.post(in("replicationcontrollers?dryRun=All"), body);
              return answer.code() == 201 ? null : answer;
            });
    assertThat(refused.code()).as(refused.text()).isEqualTo(422);
    assertThat(refused.message())
        .contains("ValidatingAdmissionPolicy 'cpol-few'", "denied request: at most three replicas");
  }
}
