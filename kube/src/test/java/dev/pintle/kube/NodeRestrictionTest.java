package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.admission.AdmissionConfiguration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a node may write where NodeRestriction is on. The whole of it is held against the real server elsewhere.
final class NodeRestrictionTest {
  private static final String NODES = "/api/v1/nodes";
  private static final String TOKENS = "/api/v1/namespaces/default/serviceaccounts/default/token";

  private final Api api =
      new Api(
          KubeConfig.DEFAULT.withAdmission(
              AdmissionSelection.of("NodeRestriction", "", AdmissionConfiguration.NONE)));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
    api.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    api.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "{\"metadata\":{\"name\":\"nodes\"},\"rules\":[{\"apiGroups\":[\"\",\"coordination.k8s.io\"],\"resources\":[\"nodes\",\"nodes/status\",\"pods\",\"pods/status\",\"serviceaccounts/token\",\"leases\"],\"verbs\":[\"*\"]}]}");
    api.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        "{\"metadata\":{\"name\":\"nodes\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"nodes\"},\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Group\",\"name\":\"system:nodes\"}]}");
    api.post(NODES, "{\"metadata\":{\"name\":\"n2\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Answer asNode(String method, String path, String body) throws InterruptedException {
    return api.send(
        method,
        path,
        body,
        Map.of(
            "content-type",
            method.equals("PATCH") ? MERGE : JSON,
            "impersonate-user",
            "system:node:n1",
            "impersonate-group",
            "system:nodes"));
  }

  private void isForbidden(Answer answer, String why) {
    assertThat(answer.code()).as(answer.exchange().text()).isEqualTo(403);
    assertThat(answer.message()).endsWith(why);
  }

  private String uid(String path) throws InterruptedException {
    return String.valueOf(api.get(path).metadata().text("uid"));
  }

  @Test
  void aNodeWritesItselfAlone() throws InterruptedException {
    isForbidden(
        asNode("POST", NODES, "{\"metadata\":{\"name\":\"n3\"}}"),
        "node \"n1\" is not allowed to modify node \"n3\"");
    assertThat(asNode("POST", NODES, "{\"metadata\":{\"name\":\"n1\"}}").code()).isEqualTo(201);
    isForbidden(
        asNode("PATCH", NODES + "/n2", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
        "is not allowed to modify node \"n2\"");
    isForbidden(
        asNode(
            "PATCH",
            NODES + "/n1",
            "{\"metadata\":{\"labels\":{\"node-role.kubernetes.io/master\":\"\",\"kubernetes.io/os\":\"linux\"}}}"),
        "is not allowed to modify labels: node-role.kubernetes.io/master");
    isForbidden(
        asNode(
            "PATCH",
            NODES + "/n1",
            "{\"spec\":{\"taints\":[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]}}"),
        "node \"n1\" is not allowed to modify taints");
    assertThat(asNode("PATCH", NODES + "/n1/status", "{\"status\":{\"phase\":\"Running\"}}").code())
        .isEqualTo(200);
  }

  @Test
  void aNodeMirrorsItsOwnPodsAlone() throws InterruptedException {
    asNode("POST", NODES, "{\"metadata\":{\"name\":\"n1\"}}");
    String pod =
        "{\"metadata\":{\"name\":\"m\",\"annotations\":{\"kubernetes.io/config.mirror\":\"h\"},\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"n1\",\"controller\":true,\"uid\":\"%s\"}]},\"spec\":{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]%s}}";
    String uid = uid(NODES + "/n1");

    isForbidden(
        asNode("POST", PODS, pod.formatted("other", "")),
        "node n1 UID mismatch: expected other got " + uid);
    isForbidden(
        asNode(
            "POST",
            PODS,
            pod.formatted(uid, ",\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"m\"}}]")),
        "node \"n1\" can not create pods that reference configmaps");
    assertThat(asNode("POST", PODS, pod.formatted(uid, "")).code()).isEqualTo(201);
    api.pod("there", "\"nodeName\":\"n2\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]");
    isForbidden(
        asNode("DELETE", PODS + "/there", ""),
        "node \"n1\" can only delete pods with spec.nodeName set to itself");
    isForbidden(asNode("PATCH", PODS + "/m", "{}"), "can only create and delete mirror pods");
    // Of a collection it names none, and so finds none that is its own.
    assertThat(asNode("DELETE", PODS, "").code()).isEqualTo(200);
    assertThat(api.get(PODS).items().size()).isEqualTo(2);
    assertThat(asNode("DELETE", PODS + "/m", "").code()).isEqualTo(200);
  }

  @Test
  void aNodeGetsTokensForTheAudiencesOfItsPods() throws InterruptedException {
    String volume =
        "\"volumes\":[{\"name\":\"v\",\"projected\":{\"sources\":[{\"serviceAccountToken\":{\"path\":\"t\",\"audience\":\"vault\"}}]}}],\"automountServiceAccountToken\":false";
    api.pod(
        "here", "\"nodeName\":\"n1\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]," + volume);
    String request =
        "{\"spec\":{\"audiences\":[\"%s\"],\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"here\",\"uid\":\""
            + uid(PODS + "/here")
            + "\"}}}";

    assertThat(asNode("POST", TOKENS, request.formatted("vault")).code()).isEqualTo(201);
    isForbidden(
        asNode("POST", TOKENS, request.formatted("other")),
        "system:node:n1 is not authorized to request tokens for audience \"other\"");
    isForbidden(asNode("POST", TOKENS, "{\"spec\":{}}"), "node requested token not bound to a pod");
  }

  @Test
  void othersAreNotHeldToIt() throws InterruptedException {
    Answer made =
        api.send(
            "POST",
            NODES,
            "{\"metadata\":{\"name\":\"n4\"}}",
            Map.of(
                "content-type",
                JSON,
                "impersonate-user",
                "system:node:n1",
                "impersonate-group",
                "system:masters"));

    assertThat(made.code()).isEqualTo(201);
  }
}
