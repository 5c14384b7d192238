package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.admission.AdmissionConfiguration;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What admission plugins do that somebody turned on, and what those no longer do that somebody turned off.
final class OptionalPluginsTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String CONTAINERS =
      "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"imagePullPolicy\":\"IfNotPresent\"}]";

  private static AdmissionConfiguration configuration(String plugin, String json) {
    return AdmissionConfiguration.parse(
        "{\"apiVersion\":\"apiserver.config.k8s.io/v1\",\"kind\":\"AdmissionConfiguration\",\"plugins\":[{\"name\":\"%s\",\"configuration\":%s}]}"
            .formatted(plugin, json),
        path -> {
          throw new IOException(path);
        });
  }

  private static Api with(String enabled, String disabled, AdmissionConfiguration configuration) {
    return new Api(
        KubeConfig.DEFAULT.withAdmission(AdmissionSelection.of(enabled, disabled, configuration)));
  }

  private static Api with(String plugin) throws InterruptedException {
    return with(plugin, "", AdmissionConfiguration.NONE).settledIn();
  }

  @Test
  void whatIsTurnedOffLooksAtNothing() throws InterruptedException {
    try (Api api =
        with(
            "",
            "NamespaceLifecycle,ServiceAccount,Priority,PodSecurity",
            AdmissionConfiguration.NONE)) {
      Answer made =
          api.post(
              NAMESPACES + "/nowhere/pods",
              "{\"metadata\":{\"name\":\"p\"},\"spec\":{" + CONTAINERS + "}}");
      assertThat(made.code()).isEqualTo(201);
      assertThat(made.body().objectAt("spec").has("serviceAccountName")).isFalse();
      assertThat(made.body().objectAt("spec").has("priority")).isFalse();
    }
  }

  @Test
  void howLongPluginsTakeIsCounted() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      api.map("m", "{}");
      api.post(NAMESPACES + "/nowhere/configmaps", "{\"metadata\":{\"name\":\"m\"}}");
      assertThat(api.get("/metrics").exchange().text())
          .contains(
              "apiserver_admission_controller_admission_duration_seconds_count{name=\"NamespaceLifecycle\",operation=\"CREATE\",rejected=\"true\",type=\"admit\"} 1")
          .contains(
              "apiserver_admission_controller_admission_duration_seconds_bucket{name=\"ResourceQuota\",operation=\"CREATE\",rejected=\"false\",type=\"validate\",le=\"2.5\"}")
          .doesNotContain(
              "name=\"ResourceQuota\",operation=\"CREATE\",rejected=\"false\",type=\"admit\"");
    }
  }

  @Test
  void alwaysDenyDeniesAllThatChangesAnything() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      api.restart(
          KubeConfig.DEFAULT.withAdmission(
              AdmissionSelection.of("AlwaysDeny", "", AdmissionConfiguration.NONE)));
      assertThat(api.post(NAMESPACES, "{\"metadata\":{\"name\":\"n\"}}").message())
          .isEqualTo(
              "namespaces \"n\" is forbidden: admission control is denying all modifications");
      assertThat(api.get(NAMESPACES).code()).isEqualTo(200);
    }
  }

  @Test
  void aNamespaceComesWithWhatIsMadeInIt() throws InterruptedException {
    try (Api api = with("NamespaceAutoProvision")) {
      String maps = NAMESPACES + "/new/configmaps";
      assertThat(api.post(maps + "?dryRun=All", "{\"metadata\":{\"name\":\"m\"}}").code())
          .isEqualTo(404);
      assertThat(api.post(maps, "{\"metadata\":{\"name\":\"m\"}}").code()).isEqualTo(201);
      assertThat(api.get(NAMESPACES + "/new").body().objectAt("status").text("phase"))
          .isEqualTo("Active");
    }
  }

  @Test
  void whatIsWrittenIsInANamespaceThatExists() throws InterruptedException {
    try (Api api = with("NamespaceExists", "NamespaceLifecycle", AdmissionConfiguration.NONE)) {
      assertThat(
              api.post(NAMESPACES + "/nowhere/configmaps", "{\"metadata\":{\"name\":\"m\"}}")
                  .message())
          .isEqualTo("namespaces \"nowhere\" not found");
    }
  }

  @Test
  void imagesArePulledAlways() throws InterruptedException {
    try (Api api = with("AlwaysPullImages")) {
      Answer made =
          api.pod(
              "p", CONTAINERS + ",\"volumes\":[{\"name\":\"v\",\"image\":{\"reference\":\"r\"}}]");
      assertThat(made.exchange().text())
          .contains("\"imagePullPolicy\":\"Always\"")
          .contains("\"pullPolicy\":\"Always\"");
      Answer changed =
          api.patch(
              PODS + "/p",
              Api.STRATEGIC,
              "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}");
      assertThat(changed.code()).isEqualTo(200);
    }
  }

  @Test
  void podsAreApartFromOthersByNodesAlone() throws InterruptedException {
    try (Api api = with("LimitPodHardAntiAffinityTopology")) {
      String apart =
          ",\"affinity\":{\"podAntiAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"%s\"}]}}";
      assertThat(api.pod("p", CONTAINERS + apart.formatted("zone")).message())
          .isEqualTo(
              "pods \"p\" is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey zone but only key kubernetes.io/hostname is allowed");
      assertThat(api.pod("p", CONTAINERS + apart.formatted("kubernetes.io/hostname")).code())
          .isEqualTo(201);
    }
  }

  @Test
  void whoAsksForWhatFewNodesHaveToleratesTheirTaint() throws InterruptedException {
    try (Api api = with("ExtendedResourceToleration")) {
      Answer made =
          api.pod(
              "p",
              "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"limits\":{\"example.com/gpu\":\"1\"}}}]");
      assertThat(made.exchange().text())
          .contains(
              "{\"key\":\"example.com/gpu\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}");
    }
  }

  @Test
  void podsRunWhereTheirNamespaceLetsThem() throws InterruptedException {
    AdmissionConfiguration selectors =
        configuration(
            "PodNodeSelector",
            "{\"podNodeSelectorPluginConfig\":{\"clusterDefaultNodeSelector\":\"a=b\",\"default\":\"a=b, c=d\"}}");
    try (Api api = with("PodNodeSelector", "", selectors).settledIn()) {
      assertThat(api.pod("p", CONTAINERS).exchange().text())
          .contains("\"nodeSelector\":{\"a\":\"b\"}");
      assertThat(api.pod("q", CONTAINERS + ",\"nodeSelector\":{\"a\":\"c\"}").message())
          .isEqualTo(
              "pods \"q\" is forbidden: pod node label selector conflicts with its namespace node label selector");
      assertThat(api.pod("q", CONTAINERS + ",\"nodeSelector\":{\"e\":\"f\"}").message())
          .isEqualTo(
              "pods \"q\" is forbidden: pod node label selector labels conflict with its namespace whitelist");
      annotate(api, "scheduler.alpha.kubernetes.io/node-selector", "c=d");
      assertThat(api.pod("r", CONTAINERS).exchange().text())
          .contains("\"nodeSelector\":{\"c\":\"d\"}");
      annotate(api, "scheduler.alpha.kubernetes.io/node-selector", "x");
      assertThat(api.pod("s", CONTAINERS).message()).isEqualTo("invalid selector: [x]");
    }
  }

  private static void annotate(Api api, String name, String value) throws InterruptedException {
    api.patch(
        NAMESPACES + "/default",
        MERGE,
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(name, value));
  }

  @Test
  void podsTolerateWhatTheirNamespaceLetsThem() throws InterruptedException {
    AdmissionConfiguration tolerations =
        configuration(
            "PodTolerationRestriction",
            "{\"apiVersion\":\"podtolerationrestriction.admission.k8s.io/v1alpha1\",\"kind\":\"Configuration\",\"default\":[{\"key\":\"a\",\"operator\":\"Exists\"}],\"whitelist\":[{\"operator\":\"Exists\"}]}");
    try (Api api = with("PodTolerationRestriction", "", tolerations).settledIn()) {
      assertThat(api.pod("p", CONTAINERS).exchange().text())
          .contains("{\"key\":\"a\",\"operator\":\"Exists\"}")
          .doesNotContain("memory-pressure");
      annotate(
          api,
          "scheduler.alpha.kubernetes.io/tolerationsWhitelist",
          "[{\\\"key\\\":\\\"b\\\",\\\"operator\\\":\\\"Exists\\\"}]");
      assertThat(api.pod("q", CONTAINERS).message())
          .isEqualTo(
              "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist");
    }
  }

  @Test
  void eventsAreWrittenAsOftenAsTheirLimitsAllow() throws InterruptedException {
    AdmissionConfiguration limits =
        configuration(
            "EventRateLimit",
            "{\"apiVersion\":\"eventratelimit.admission.k8s.io/v1alpha1\",\"kind\":\"Configuration\",\"limits\":[{\"type\":\"Namespace\",\"qps\":1,\"burst\":2},{\"type\":\"Server\",\"qps\":1,\"burst\":100}]}");
    try (Api api = with("EventRateLimit", "", limits).settledIn()) {
      String event =
          "{\"metadata\":{\"generateName\":\"e\"},\"involvedObject\":{\"namespace\":\"default\"},\"reason\":\"r\"}";
      String events = NAMESPACES + "/default/events";
      for (int i = 0; i < 2; i++) {
        assertThat(api.post(events, event).code()).isEqualTo(201);
      }
      Answer refused = api.post(events, event);
      assertThat(refused.code()).isEqualTo(429);
      assertThat(refused.message())
          .isEqualTo("Too many requests: limit reached on type Namespace for key default");
      assertThat(api.post(events + "?dryRun=All", event).code()).isEqualTo(201);
      assertThat(
              api.send(
                      "POST",
                      MAPS,
                      "{\"metadata\":{\"name\":\"m\"}}",
                      Map.of("content-type", "application/json"))
                  .code())
          .isEqualTo(201);
    }
  }

  @Test
  void whatAConfigurationLimitsIsUsedWithAQuotaAlone() throws InterruptedException {
    AdmissionConfiguration limited =
        configuration(
            "ResourceQuota",
            "{\"apiVersion\":\"apiserver.config.k8s.io/v1\",\"kind\":\"ResourceQuotaConfiguration\",\"limitedResources\":[{\"resource\":\"configmaps\",\"matchContains\":[\"count/\"]},{\"resource\":\"pods\",\"matchScopes\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"In\",\"values\":[\"system-node-critical\"]}]}]}");
    try (Api api = with("", "", limited).settledIn()) {
      assertThat(api.map("m", "{}").message())
          .isEqualTo(
              "configmaps \"m\" is forbidden: insufficient quota to consume: count/configmaps");
      Answer pod = api.pod("p", CONTAINERS + ",\"priorityClassName\":\"system-node-critical\"");
      assertThat(pod.code()).isEqualTo(500);
      assertThat(pod.message())
          .isEqualTo(
              "insufficient quota to match these scopes: [{PriorityClass In [system-node-critical]}]");
      assertThat(api.pod("p", CONTAINERS).code()).isEqualTo(201);
      String quotas = NAMESPACES + "/default/resourcequotas";
      api.post(
          quotas,
          "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":{\"count/configmaps\":\"9\"}}}");
      api.patch(
          quotas + "/q/status",
          MERGE,
          "{\"status\":{\"hard\":{\"count/configmaps\":\"9\"},\"used\":{\"count/configmaps\":\"0\"}}}");
      assertThat(api.map("m", "{}").code()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ResourceQuota | {} | couldn't init admission plugin \"ResourceQuota\": no kind \"\" is registered for version \"\" (expected: ResourceQuotaConfiguration of apiserver.config.k8s.io/v1)",
        "ResourceQuota | {\"apiVersion\":\"apiserver.config.k8s.io/v1\",\"kind\":\"ResourceQuotaConfiguration\",\"limitedResources\":[{}]} | couldn't init admission plugin \"ResourceQuota\": limitedResources[0].resource: Required value",
        "EventRateLimit | {\"apiVersion\":\"eventratelimit.admission.k8s.io/v1alpha1\",\"kind\":\"Configuration\"} | couldn't init admission plugin \"EventRateLimit\": limits: Invalid value: null: must not be empty",
        "EventRateLimit | {\"apiVersion\":\"eventratelimit.admission.k8s.io/v1alpha1\",\"kind\":\"Configuration\",\"limits\":[{\"type\":\"Server\",\"qps\":0,\"burst\":1}]} | couldn't init admission plugin \"EventRateLimit\": limits[0].qps: Invalid value: 0: must be positive",
        "PodNodeSelector | {\"podNodeSelectorPluginConfig\":{\"n\":\"a\"}} | couldn't init admission plugin \"PodNodeSelector\": podNodeSelectorPluginConfig.n: invalid selector: [a]",
        "Priority | {} | plugin \"Priority\" takes no configuration",
        "ImagePolicyWebhook | {} | plugin \"ImagePolicyWebhook\" is not served",
        "Mine | {} | plugin \"Mine\" is unknown"
      })
  void aWrongConfigurationIsRefusedAtTheStart(String plugin, String json, String why) {
    AdmissionConfiguration given = configuration(plugin, json);
    assertThatThrownBy(() -> AdmissionSelection.of("", "", given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void aLimitOfEventsWithoutLimitsIsRefusedAtTheStart() {
    assertThatThrownBy(
            () -> AdmissionSelection.of("EventRateLimit", "", AdmissionConfiguration.NONE))
        .hasMessage(
            "couldn't init admission plugin \"EventRateLimit\": limits: Invalid value: null: must not be empty");
  }
}
