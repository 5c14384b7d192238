package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import org.junit.jupiter.api.Test;

/// The objects that a cluster starts with, and what they let people do.
class BootstrapTest {
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles/";

  @Test
  void aClusterStartsWithRolesLevelsAndTheServiceOfItsServer() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      assertThat(api.get(ROLES + "cluster-admin").code()).isEqualTo(200);
      assertThat(
              api.get(
                      "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles/"
                          + "extension-apiserver-authentication-reader")
                  .code())
          .isEqualTo(200);
      assertThat(api.get("/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical").code())
          .isEqualTo(200);
      assertThat(
              api.get("/api/v1/namespaces/default/services/kubernetes")
                  .body()
                  .objectAt("spec")
                  .text("clusterIP"))
          .isEqualTo("10.0.0.1");
    }
  }

  @Test
  void apiServicesAndFlowSchemasAreJudgedFromTheStart() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      assertThat(reason(api, "/apis/apiregistration.k8s.io/v1/apiservices/v1.apps"))
          .isEqualTo("Local");
      assertThat(reason(api, "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/catch-all"))
          .isEqualTo("Found");
    }
  }

  private static String reason(Api api, String path) throws InterruptedException {
    JsonObject status = api.get(path).body().objectAt("status");
    return String.valueOf(
        status.array("conditions") instanceof Iterable<Json> conditions
                && conditions.iterator().next() instanceof JsonObject condition
            ? condition.text("reason")
            : null);
  }

  @Test
  void viewersSeePodsButNotSecrets() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      bind(api, "view");
      assertThat(allowed(api, "list", "pods")).isTrue();
      assertThat(allowed(api, "list", "secrets")).isFalse();
      assertThat(allowed(api, "delete", "pods")).isFalse();
    }
  }

  @Test
  void administratorsOfANamespaceMayDoWhatEditorsAndViewersMay() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      bind(api, "admin");
      assertThat(allowed(api, "list", "pods")).isTrue();
      assertThat(allowed(api, "delete", "pods")).isTrue();
      assertThat(allowed(api, "create", "rolebindings")).isFalse();
      assertThat(allowed(api, "create", "nodes")).isFalse();
    }
  }

  @Test
  void aRoleWithTheRightLabelAddsToWhatViewersSee() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      bind(api, "view");
      api.post(
          "/apis/rbac.authorization.k8s.io/v1/clusterroles",
          """
          {"metadata":{"name":"more","labels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}},
           "rules":[{"verbs":["list"],"apiGroups":[""],"resources":["secrets"]}]}
          """);
      assertThat(allowed(api, "list", "secrets")).isTrue();
    }
  }

  @Test
  void whoeverTakesARoleAwayFromEverybodyIsObeyed() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      String path =
          "{\"spec\":{\"user\":\"ann\",\"groups\":[\"system:authenticated\"],\"nonResourceAttributes\":{\"path\":\"/apis\",\"verb\":\"get\"}}}";
      assertThat(review(api, path)).isTrue();
      api.delete("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:discovery");
      assertThat(review(api, path)).isFalse();
    }
  }

  private static void bind(Api api, String role) throws InterruptedException {
    api.post(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
        """
        {"metadata":{"name":"ann"},"subjects":[{"kind":"User","name":"ann"}],
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"}}
        """
            .formatted(role));
  }

  private static boolean allowed(Api api, String verb, String resource)
      throws InterruptedException {
    return review(
        api,
        """
        {"spec":{"user":"ann","resourceAttributes":{"namespace":"default","verb":"%s","resource":"%s"}}}
        """
            .formatted(verb, resource));
  }

  private static boolean review(Api api, String spec) throws InterruptedException {
    return Json.of(true)
        .equals(
            api.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", spec)
                .body()
                .objectAt("status")
                .get("allowed"));
  }

  @Test
  void whatMayBeChangedOfFlowObjectsIsKeptAndTheRestPutBack() throws InterruptedException {
    String levels = "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations";
    try (Api api = new Api()) {
      api.settledIn();
      String shares = "{\"spec\":{\"limited\":{\"nominalConcurrencyShares\":7}}}";
      api.patch(levels + "/system", Api.MERGE, shares);
      api.patch(
          levels + "/node-high",
          Api.MERGE,
          "{\"metadata\":{\"annotations\":{\"apf.kubernetes.io/autoupdate-spec\":\"false\"}},\"spec\":{\"limited\":{\"nominalConcurrencyShares\":7}}}");
      api.patch(
          levels + "/workload-high",
          Api.MERGE,
          "{\"metadata\":{\"annotations\":null},\"spec\":{\"limited\":{\"nominalConcurrencyShares\":7}}}");
      api.patch(
          levels + "/exempt",
          Api.MERGE,
          "{\"spec\":{\"exempt\":{\"nominalConcurrencyShares\":7}}}");
      api.delete(levels + "/catch-all");
      api.post(
          levels,
          """
          {"metadata":{"name":"old","annotations":{"apf.kubernetes.io/autoupdate-spec":"true"}},"spec":{"type":"Limited",
          "limited":{"limitResponse":{"type":"Reject"}}}}
          """);
      api.restart().settledIn();

      assertThat(shares(api, "system", "limited")).isEqualTo(30);
      assertThat(shares(api, "node-high", "limited")).isEqualTo(7);
      assertThat(shares(api, "workload-high", "limited")).isEqualTo(7);
      assertThat(
              api.get(levels + "/workload-high")
                  .metadata()
                  .objectAt("annotations")
                  .text("apf.kubernetes.io/autoupdate-spec"))
          .isEqualTo("false");
      assertThat(shares(api, "exempt", "exempt")).isEqualTo(7);
      assertThat(shares(api, "catch-all", "limited")).isEqualTo(5);
      assertThat(api.get(levels + "/old").code()).isEqualTo(404);
      assertThat(api.get(levels + "/system").metadata().toString())
          .contains("api-priority-and-fairness-config-producer-v1");
    }
  }

  private static long shares(Api api, String level, String type) throws InterruptedException {
    return api.get("/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations/" + level)
        .body()
        .objectAt("spec")
        .objectAt(type)
        .wholeOrZero("nominalConcurrencyShares");
  }
}
