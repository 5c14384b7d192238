package dev.pintle.kube;

import static dev.pintle.kube.HookedApi.ALLOWED;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.outbound.HookServer.Received;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// That a server starts whatever policies and webhooks say of what a cluster starts with.
final class BootObjectsTest {
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
  private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String FLOWS = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
  private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final String REFUSED = "\"allowed\":false";

  /// A surface whose webhook refuses to create these.
  private static HookedApi refusing(Predicate<String> names) throws InterruptedException {
    return new HookedApi(request ->
        request.request().textOrEmpty("operation").equals("CREATE") && names.test(name(request))
            ? REFUSED
            : ALLOWED);
  }

  private static String name(Received request) {
    return request.request().textOrEmpty("name");
  }

  private static void delete(Api api, String... paths) throws InterruptedException {
    for (String path : paths) {
      assertThat(api.delete(path).code()).as(path).isEqualTo(200);
    }
  }

  @Test
  void whatIsRefusedIsMadeOnceItIsNot() throws InterruptedException {
    try (HookedApi hooked = refusing("system:node-proxier"::equals)) {
      Api api = hooked.api;
      delete(
          api,
          ROLES + "/system:node-proxier",
          ROLES + "/system:basic-user",
          BINDINGS + "/system:basic-user");
      hooked.install(VALIDATING, "v", hooked.hook("a", "x", rule("*", "*", "*"), ""));
      api.restart().settledIn();
      assertThat(api.get(ROLES + "/system:node-proxier").code()).isEqualTo(404);
      assertThat(api.get(ROLES + "/system:basic-user").code()).isEqualTo(200);
      assertThat(api.get(BINDINGS + "/system:basic-user").code()).isEqualTo(200);
      assertThat(api.get("/metrics").exchange().text())
          .containsPattern("failures_total\\{controller=\"kube-boot-objects\"} [1-9]");
      delete(api, VALIDATING + "/v");
      api.until(ROLES + "/system:node-proxier", answer -> answer.code() == 200);
    }
  }

  @Test
  void aPolicyMayRefuseWhatAClusterStartsWith() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      delete(api, ROLES + "/system:node-proxier", BINDINGS + "/system:basic-user");
      String policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolic";
      api.post(
          policies + "ies",
          "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"clusterroles\"]}]},\"validations\":[{\"expression\":\"has(object.metadata.labels.team)\"}]}}");
      api.post(
          policies + "ybindings",
          "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"Deny\"]}}");
      api.restart().settledIn();
      assertThat(api.get(ROLES + "/system:node-proxier").code()).isEqualTo(404);
      assertThat(api.get(BINDINGS + "/system:basic-user").code()).isEqualTo(200);
    }
  }

  @Test
  void namespacesMayBeRefused() throws InterruptedException {
    try (HookedApi hooked = refusing("kube-node-lease"::equals)) {
      Api api = hooked.api;
      delete(api, NAMESPACES + "/kube-node-lease");
      api.put(
          NAMESPACES + "/kube-node-lease/finalize",
          "{\"metadata\":{\"name\":\"kube-node-lease\"},\"spec\":{\"finalizers\":[]}}");
      hooked.install(VALIDATING, "v", hooked.hook("a", "x", rule("", "v1", "namespaces"), ""));
      api.restart().settledIn();
      assertThat(api.get(NAMESPACES + "/kube-node-lease").code()).isEqualTo(404);
      delete(api, VALIDATING + "/v");
      api.until(NAMESPACES + "/kube-node-lease", answer -> answer.code() == 200);
    }
  }

  @Test
  void aServerStartsAlthoughNobodyAnswers() throws InterruptedException {
    try (HookedApi hooked = new HookedApi()) {
      Api api = hooked.api;
      delete(api, ROLES + "/system:node-proxier", BINDINGS + "/system:basic-user");
      hooked.install(
          VALIDATING,
          "v",
          hooked.hook(
              "a",
              "slow",
              rule("rbac.authorization.k8s.io", "v1", "clusterroles"),
              ",'timeoutSeconds':1"));
      api.restart().settledIn();
      assertThat(api.get(BINDINGS + "/system:basic-user").code()).isEqualTo(200);
      hooked.release();
      api.until(ROLES + "/system:node-proxier", answer -> answer.code() == 200);
    }
  }

  @Test
  @Timeout(20)
  void aServerThatWaitsForAWebhookCanBeStopped() throws InterruptedException {
    try (HookedApi hooked = new HookedApi()) {
      delete(hooked.api, ROLES + "/system:node-proxier");
      String roles = rule("rbac.authorization.k8s.io", "v1", "clusterroles");
      hooked.install(VALIDATING, "v", hooked.hook("a", "slow", roles, ",'timeoutSeconds':30"));
      hooked.api.restart().settling();
      while (hooked.server.received().isEmpty()) {
        Thread.onSpinWait();
      }
      hooked.api.close();
    }
  }

  @Test
  void whatEverybodyNeedsCountsUntilItIsThere() throws InterruptedException {
    try (HookedApi hooked = refusing("system:discovery"::equals)) {
      Api api = hooked.api;
      delete(api, ROLES + "/system:discovery", BINDINGS + "/system:discovery");
      // What was changed stays changed.
      api.patch(BINDINGS + "/system:public-info-viewer", Api.MERGE, "{\"subjects\":[]}");
      hooked.install(
          VALIDATING, "v", hooked.hook("a", "x", rule("rbac.authorization.k8s.io", "v1", "*"), ""));
      api.restart().settledIn();
      assertThat(mayGet(api, "/openapi/v2", "system:authenticated")).isTrue();
      assertThat(mayGet(api, "/version", "system:unauthenticated")).isFalse();
      delete(api, VALIDATING + "/v");
      api.until(BINDINGS + "/system:discovery", answer -> answer.code() == 200);
      assertThat(mayGet(api, "/openapi/v2", "system:authenticated")).isTrue();
    }
  }

  private static boolean mayGet(Api api, String path, String group) throws InterruptedException {
    return api.post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            "{\"spec\":{\"user\":\"u\",\"groups\":[\"%s\"],\"nonResourceAttributes\":{\"path\":\"%s\",\"verb\":\"get\"}}}"
                .formatted(group, path))
        .body()
        .objectAt("status")
        .isTrue("allowed");
  }

  @Test
  void flowSchemasAreLookedAfterAlthoughOneIsRefused() throws InterruptedException {
    try (HookedApi hooked = refusing("global-default"::equals)) {
      Api api = hooked.api;
      delete(api, FLOWS + "/global-default", FLOWS + "/service-accounts");
      api.patch(FLOWS + "/catch-all", Api.MERGE, "{\"spec\":{\"distinguisherMethod\":null}}");
      hooked.install(
          VALIDATING,
          "v",
          hooked.hook("a", "x", rule("flowcontrol.apiserver.k8s.io", "v1", "*"), ""));
      api.restart().settledIn();
      assertThat(api.get(FLOWS + "/global-default").code()).isEqualTo(404);
      assertThat(api.get(FLOWS + "/service-accounts").code()).isEqualTo(200);
      assertThat(api.get(FLOWS + "/catch-all").body().objectAt("spec").has("distinguisherMethod"))
          .isTrue();
    }
  }

  @Test
  void groupsAreAnnouncedAlthoughOneIsRefused() throws InterruptedException {
    try (HookedApi hooked = refusing("v1.a.example.com"::equals)) {
      Api api = hooked.api;
      hooked.install(
          VALIDATING, "v", hooked.hook("a", "x", rule("apiregistration.k8s.io", "v1", "*"), ""));
      for (String group : new String[] {"a", "b"}) {
        api.post(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            """
            {"metadata":{"name":"things.%1$s.example.com"},"spec":{"group":"%1$s.example.com","scope":"Namespaced",
            "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """
                .formatted(group));
      }
      api.until(SERVICES + "/v1.b.example.com", answer -> answer.code() == 200);
      assertThat(api.get(SERVICES + "/v1.a.example.com").code()).isEqualTo(404);
      delete(api, VALIDATING + "/v");
      api.until(SERVICES + "/v1.a.example.com", answer -> answer.code() == 200);
    }
  }
}
