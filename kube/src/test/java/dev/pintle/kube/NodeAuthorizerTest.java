package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.authz.AuthorizationModes;
import dev.pintle.kube.object.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a node may read where the Node authorizer has a say. The whole of it is held against the real server elsewhere.
final class NodeAuthorizerTest {
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
  private static final String VOLUMES = "/api/v1/persistentvolumes";
  private static final String CONTAINERS = "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]";
  private static final String UNRELATED =
      "node: no relationship found between node 'n1' and this object";

  private final Api api =
      new Api(KubeConfig.DEFAULT.withAuthorization(AuthorizationModes.of("Node,RBAC")));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
    for (String name : new String[] {"named", "other", "ofvolume"}) {
      api.post(SECRETS, "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
    }
    api.map("named", "{}");
    api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n1\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Answer asNode(String path) throws InterruptedException {
    return api.send(
        "GET",
        path,
        "",
        Map.of("impersonate-user", "system:node:n1", "impersonate-group", "system:nodes"));
  }

  private void isUnrelated(String path) throws InterruptedException {
    Answer answer = asNode(path);
    assertThat(answer.code()).as(path).isEqualTo(403);
    assertThat(answer.message()).endsWith(UNRELATED);
  }

  private void pod(String name, String node, String more) throws InterruptedException {
    Answer made =
        api.pod(
            name,
            "\"nodeName\":\"%s\",\"automountServiceAccountToken\":false,%s%s"
                .formatted(node, CONTAINERS, more));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
  }

  @Test
  void aNodeReadsWhatItsPodsNameWhileTheyAreThere() throws InterruptedException {
    isUnrelated(SECRETS + "/named");
    pod(
        "p",
        "n1",
        ",\"volumes\":[{\"name\":\"a\",\"secret\":{\"secretName\":\"named\"}},{\"name\":\"b\",\"configMap\":{\"name\":\"named\"}}]");
    pod("q", "n2", ",\"volumes\":[{\"name\":\"a\",\"secret\":{\"secretName\":\"other\"}}]");

    assertThat(asNode(SECRETS + "/named").code()).isEqualTo(200);
    assertThat(asNode(MAPS + "/named").code()).isEqualTo(200);
    assertThat(asNode(PODS + "/p").code()).isEqualTo(200);
    assertThat(asNode(SECRETS + "?fieldSelector=metadata.name%3Dnamed").code()).isEqualTo(200);
    isUnrelated(SECRETS + "/other");
    isUnrelated(PODS + "/q");
    assertThat(asNode(SECRETS).message()).endsWith("node: No Object name found");

    assertThat(api.delete(PODS + "/p?gracePeriodSeconds=0").code()).isEqualTo(200);
    isUnrelated(SECRETS + "/named");
  }

  @Test
  void aVolumeAndItsSecretsAreReachedByTheClaim() throws InterruptedException {
    api.post(
        VOLUMES,
        "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1Gi\"},\"claimRef\":{\"namespace\":\"default\",\"name\":\"c\"},\"csi\":{\"driver\":\"d.example.com\",\"volumeHandle\":\"h\",\"nodeStageSecretRef\":{\"namespace\":\"default\",\"name\":\"ofvolume\"},\"controllerPublishSecretRef\":{\"namespace\":\"default\",\"name\":\"other\"}}}}");
    isUnrelated(VOLUMES + "/v");
    pod(
        "p",
        "n1",
        ",\"volumes\":[{\"name\":\"a\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}]");

    assertThat(asNode(VOLUMES + "/v").code()).isEqualTo(200);
    assertThat(asNode(SECRETS + "/ofvolume").code()).isEqualTo(200);
    assertThat(asNode(CLAIMS + "/c").code()).isEqualTo(404);
    isUnrelated(SECRETS + "/other");
  }

  @Test
  void aMirrorPodGivesNothing() throws InterruptedException {
    api.post(
        PODS,
        "{\"metadata\":{\"name\":\"m\",\"annotations\":{\"kubernetes.io/config.mirror\":\"h\"}},\"spec\":{\"nodeName\":\"n1\",%s,\"volumes\":[{\"name\":\"b\",\"configMap\":{\"name\":\"named\"}}]}}"
            .formatted(CONTAINERS));

    assertThat(asNode(PODS + "/m").code()).isEqualTo(200);
    isUnrelated(MAPS + "/named");
  }

  @Test
  void aNodeListsThePodsThatAreBoundToIt() throws InterruptedException {
    assertThat(asNode("/api/v1/pods?fieldSelector=spec.nodeName%3Dn1").code()).isEqualTo(200);
    assertThat(asNode("/api/v1/pods?fieldSelector=spec.nodeName%3Dn2").message())
        .endsWith("node: can only list/watch pods with spec.nodeName field selector");
    assertThat(asNode("/api/v1/nodes").message())
        .endsWith("node: node 'n1' cannot read all nodes, only its own Node object");
    assertThat(asNode("/api/v1/services").code()).isEqualTo(200);
  }

  @Test
  void reviewsKnowIt() throws InterruptedException {
    Answer may =
        api.post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            "{\"spec\":{\"user\":\"system:node:n1\",\"groups\":[\"system:nodes\"],\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\",\"fieldSelector\":{\"requirements\":[{\"key\":\"spec.nodeName\",\"operator\":\"In\",\"values\":[\"n1\"]}]}}}}");
    assertThat(may.body().objectAt("status").isTrue("allowed")).isTrue();
    Answer rules =
        api.send(
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
            "{\"spec\":{\"namespace\":\"default\"}}",
            Map.of(
                "content-type",
                "application/json",
                "impersonate-user",
                "system:node:n1",
                "impersonate-group",
                "system:nodes"));
    JsonObject status = rules.body().objectAt("status");
    assertThat(status.isTrue("incomplete")).isTrue();
    assertThat(status.text("evaluationError"))
        .isEqualTo("node authorizer does not support user rule resolution");
  }

  @Test
  void othersAreNotAskedOf() throws InterruptedException {
    Answer answer = api.send("GET", SECRETS + "/named", "", Map.of("impersonate-user", "u"));

    assertThat(answer.message()).endsWith("in the namespace \"default\"");
  }
}
