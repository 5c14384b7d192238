package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What plugins do that are usually off, and what is configured.
final class PluginChoiceTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";

  private static Api with(String plugins) {
    return new Api(
        KubeConfig.DEFAULT.withAdmission(
            AdmissionSelection.of(plugins, "", AdmissionConfiguration.NONE)));
  }

  private static Api configured(String podSecurity) {
    JsonObject configuration = (JsonObject) YamlReader.read(podSecurity);
    configuration
        .set("apiVersion", "pod-security.admission.config.k8s.io/v1")
        .set("kind", "PodSecurityConfiguration");
    return new Api(
        KubeConfig.DEFAULT.withAdmission(
            AdmissionSelection.of(
                "", "", new AdmissionConfiguration(Map.of("PodSecurity", configuration)))));
  }

  @Test
  void servicesGetNoAddressesFromOutsideThatTheyDoNotHave() throws InterruptedException {
    String service =
        "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"port\":80}],\"externalIPs\":[%s]}}";
    String later = "{\"spec\":{\"externalIPs\":[\"1.2.3.4\"]}}";
    try (Api usual = new Api();
        Api denying = with("DenyServiceExternalIPs")) {
      assertThat(usual.post(SERVICES, service.formatted("\"1.2.3.4\"")).code()).isEqualTo(201);
      Answer refused = denying.post(SERVICES, service.formatted("\"1.2.3.4\""));
      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.message()).endsWith("Use of external IPs is denied by admission control");
      assertThat(denying.post(SERVICES, service.formatted("")).code()).isEqualTo(201);
      assertThat(denying.patch(SERVICES + "/s", MERGE, later).code()).isEqualTo(403);
    }
  }

  @Test
  void ownersAreGivenByWhoMayDelete() throws InterruptedException {
    try (Api api = with("OwnerReferencesPermissionEnforcement").settledIn()) {
      api.post(
          "/apis/rbac.authorization.k8s.io/v1/clusterroles",
          "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"create\",\"patch\"]}]}");
      api.post(
          "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
          "{\"metadata\":{\"name\":\"r\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"r\"},\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"u\"}]}");
      String owners =
          "{\"metadata\":{\"name\":\"m\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"s\",\"uid\":\"u\",\"blockOwnerDeletion\":%s}]}}";
      Map<String, String> asUser =
          Map.of("content-type", "application/json", "impersonate-user", "u");

      assertThat(api.send("POST", MAPS, owners.formatted("true"), asUser).message())
          .endsWith("a resource you can't set finalizers on: , <nil>");
      assertThat(api.send("POST", MAPS, owners.formatted("false"), asUser).code()).isEqualTo(201);
      assertThat(
              api.send(
                      "PATCH",
                      MAPS + "/m",
                      "{\"metadata\":{\"ownerReferences\":null}}",
                      Map.of("content-type", MERGE, "impersonate-user", "u"))
                  .message())
          .endsWith("cannot set an ownerRef on a resource you can't delete: , <nil>");
    }
  }

  private static Answer pod(Api api, String namespace, String spec) throws InterruptedException {
    String path = "/api/v1/namespaces/" + namespace;
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(namespace));
    api.post(path + "/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    return api.post(
        path + "/pods",
        "{\"metadata\":{\"name\":\"p\"},\"spec\":{%s\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":80,\"hostPort\":80}]}]}}"
            .formatted(spec));
  }

  @Test
  void configuredLevelsHoldWhereANamespaceSaysNothing() throws InterruptedException {
    String runtimeClass = "{\"metadata\":{\"name\":\"gvisor\"},\"handler\":\"h\"}";
    try (Api api =
        configured(
            "{defaults: {enforce: baseline, enforce-version: v1.20}, exemptions: {namespaces: [free], runtimeClasses: [gvisor]}}")) {
      assertThat(pod(api, "held", "").message())
          .contains("violates PodSecurity \"baseline:v1.20\": hostPort");
      assertThat(pod(api, "free", "").code()).isEqualTo(201);
      api.post("/apis/node.k8s.io/v1/runtimeclasses", runtimeClass);
      assertThat(pod(api, "held", "\"runtimeClassName\":\"gvisor\",").code()).isEqualTo(201);
      Answer told =
          api.patch(
              "/api/v1/namespaces/free",
              MERGE,
              "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}}");
      assertThat(told.exchange().answerHeaders("warning"))
          .containsExactly(
              "299 - \"namespace \\\"free\\\" is exempt from Pod Security, and the policy (enforce=restricted:v1.20) will be ignored\"");
      assertThat(api.get("/metrics").exchange().text())
          .contains(
              "pod_security_exemptions_total{request_operation=\"create\",resource=\"pod\",subresource=\"\"} 2\n");
    }
  }

  @Test
  void whatIsOffHoldsNobody() throws InterruptedException {
    try (Api api =
        new Api(
            KubeConfig.DEFAULT.withAdmission(
                AdmissionSelection.of("", "PodSecurity", AdmissionConfiguration.NONE)))) {
      assertThat(
              api.post(
                      "/api/v1/namespaces",
                      "{\"metadata\":{\"name\":\"held\",\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}}")
                  .code())
          .isEqualTo(201);
      assertThat(pod(api, "held", "").code()).isEqualTo(201);
    }
  }
}
