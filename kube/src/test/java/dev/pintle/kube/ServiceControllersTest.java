package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is told of the pods behind services.
final class ServiceControllersTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String ENDPOINTS = "/api/v1/namespaces/default/endpoints";
  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
  private static final String OF_S = SLICES + "?labelSelector=kubernetes.io%2Fservice-name%3Ds";

  private final Api api =
      new Api(
          KubeConfig.DEFAULT
              .withRanges(ServiceRanges.DEFAULT.withNetworks("10.0.0.0/24,fd00::/112"))
              .withControllers(
                  ControllerSelection.parse(
                      "endpointslice-controller,endpoints-controller,endpointslice-mirroring-controller")));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void node(String name) throws InterruptedException {
    Api.Answer made =
        api.post(
            "/api/v1/nodes",
            "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"topology.kubernetes.io/zone\":\"z-%s\"}}}"
                .formatted(name, name));
    assertThat(made.code()).isEqualTo(201);
  }

  private void pod(String name, String node, String ip, boolean ready) throws InterruptedException {
    Api.Answer made =
        api.pod(
            name,
            """
            "nodeName":"%s","hostname":"h-%s","subdomain":"s",
            "containers":[{"name":"c","image":"i","ports":[{"name":"web","containerPort":8080}]}]
            """
                .formatted(node, name));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
    api.patch(PODS + "/" + name, MERGE, "{\"metadata\":{\"labels\":{\"app\":\"a\"}}}");
    status(name, ip, ready);
  }

  private void status(String name, String ip, boolean ready) throws InterruptedException {
    Api.Answer told =
        api.patch(
            PODS + "/" + name + "/status",
            MERGE,
            """
            {"status":{"phase":"Running","podIP":"%s","podIPs":[{"ip":"%s"}],
            "conditions":[{"type":"Ready","status":"%s","lastTransitionTime":"2026-11-28T10:00:00Z"}]}}
            """
                .formatted(ip, ip, ready ? "True" : "False"));
    assertThat(told.code()).as(told.message()).isEqualTo(200);
  }

  private void service(String spec) throws InterruptedException {
    Api.Answer made =
        api.post(
            SERVICES,
            "{\"metadata\":{\"name\":\"s\",\"labels\":{\"l\":\"1\"}},\"spec\":{%s}}"
                .formatted(spec));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
  }

  private static String text(Json json) {
    return new String(JsonWriter.bytes(json), StandardCharsets.UTF_8);
  }

  private static final String SELECTING =
      "\"selector\":{\"app\":\"a\"},\"ports\":[{\"name\":\"http\",\"port\":80,\"targetPort\":\"web\",\"appProtocol\":\"h2c\"}]";

  private JsonObject slice(String saying) throws InterruptedException {
    Api.Answer answer =
        api.until(
            OF_S, each -> each.items().size() == 1 && each.exchange().text().contains(saying));
    return answer.items().objects().getFirst();
  }

  @Test
  void aSliceTellsAllOfAPod() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    service(SELECTING);
    JsonObject slice = slice("10.1.0.1");
    String uid = api.get(PODS + "/p").metadata().textOrEmpty("uid");
    String serviceUid = api.get(SERVICES + "/s").metadata().textOrEmpty("uid");
    String created = api.get(SERVICES + "/s").metadata().textOrEmpty("creationTimestamp");
    assertThat(text(slice.arrayOrEmpty("endpoints")))
        .isEqualTo(
            """
            [{"addresses":["10.1.0.1"],"conditions":{"ready":true,"serving":true,"terminating":false},\
            "hostname":"h-p","targetRef":{"kind":"Pod","namespace":"default","name":"p","uid":"%s"},\
            "nodeName":"n1","zone":"z-n1"}]\
            """
                .formatted(uid));
    assertThat(text(slice.arrayOrEmpty("ports")))
        .isEqualTo(
            "[{\"name\":\"http\",\"protocol\":\"TCP\",\"port\":8080,\"appProtocol\":\"h2c\"}]");
    JsonObject metadata = slice.objectAt("metadata");
    assertThat(metadata.textOrEmpty("generateName")).isEqualTo("s-");
    assertThat(text(metadata.objectOrEmpty("labels")))
        .isEqualTo(
            "{\"endpointslice.kubernetes.io/managed-by\":\"endpointslice-controller.k8s.io\",\"kubernetes.io/service-name\":\"s\",\"l\":\"1\"}");
    assertThat(text(metadata.arrayOrEmpty("ownerReferences")))
        .isEqualTo(
            "[{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"name\":\"s\",\"uid\":\"%s\",\"controller\":true,\"blockOwnerDeletion\":true}]"
                .formatted(serviceUid));
    assertThat(text(metadata.objectOrEmpty("annotations")))
        .isEqualTo(
            "{\"endpoints.kubernetes.io/last-change-trigger-time\":\"%s\"}".formatted(created));
  }

  @Test
  void endpointsTellTheSame() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    pod("q", "n1", "10.1.0.2", false);
    service(SELECTING);
    Api.Answer answer = api.until(ENDPOINTS + "/s", each -> each.code() == 200);
    assertThat(text(answer.body().arrayOrEmpty("subsets")))
        .isEqualTo(
            """
            [{"addresses":[{"ip":"10.1.0.1","hostname":"h-p","nodeName":"n1",\
            "targetRef":{"kind":"Pod","namespace":"default","name":"p","uid":"%s"}}],\
            "notReadyAddresses":[{"ip":"10.1.0.2","hostname":"h-q","nodeName":"n1",\
            "targetRef":{"kind":"Pod","namespace":"default","name":"q","uid":"%s"}}],\
            "ports":[{"name":"http","port":8080,"protocol":"TCP","appProtocol":"h2c"}]}]\
            """
                .formatted(
                    api.get(PODS + "/p").metadata().textOrEmpty("uid"),
                    api.get(PODS + "/q").metadata().textOrEmpty("uid")));
    assertThat(text(answer.metadata().objectOrEmpty("labels")))
        .isEqualTo("{\"endpoints.kubernetes.io/managed-by\":\"endpoint-controller\",\"l\":\"1\"}");
    api.delete(SERVICES + "/s");
    api.until(ENDPOINTS + "/s", each -> each.code() == 404);
  }

  @Test
  void whatChangesOfAPodChangesItsEndpoint() throws InterruptedException {
    node("n1");
    service(SELECTING);
    assertThat(slice("\"addressType\":\"IPv4\"").arrayOrEmpty("endpoints").isEmpty()).isTrue();
    pod("p", "n1", "10.1.0.1", false);
    slice("\"ready\":false,\"serving\":false,\"terminating\":false");
    status("p", "10.1.0.1", true);
    slice("\"ready\":true,\"serving\":true,\"terminating\":false");
    api.delete(PODS + "/p", "{\"gracePeriodSeconds\":100}");
    slice("\"ready\":false,\"serving\":true,\"terminating\":true");
    api.patch(
        SERVICES + "/s",
        MERGE,
        "{\"metadata\":{\"labels\":{\"l\":\"2\"}},\"spec\":{\"publishNotReadyAddresses\":true}}");
    slice("\"ready\":true,\"serving\":true,\"terminating\":true");
    api.delete(PODS + "/p", "{\"gracePeriodSeconds\":0}");
    api.until(OF_S, each -> !each.exchange().text().contains("10.1.0.1"));
    assertThat(slice("\"l\":\"2\"").arrayOrEmpty("endpoints").isEmpty()).isTrue();
  }

  @Test
  void whatWaitsForItsNodeComesWithIt() throws InterruptedException {
    pod("p", "n1", "10.1.0.1", true);
    service(SELECTING);
    api.untilSaid(
        "/api/v1/namespaces/default/events",
        "Error updating Endpoint Slices for Service default/s: skipping Pod p for Service default/s: Node n1 Not Found");
    assertThat(slice("\"addressType\"").arrayOrEmpty("endpoints").isEmpty()).isTrue();
    node("n1");
    slice("10.1.0.1");
  }

  @Test
  void hintsAreThoseThatTheServiceAsksFor() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    service(SELECTING + ",\"trafficDistribution\":\"PreferSameNode\"");
    slice("\"hints\":{\"forZones\":[{\"name\":\"z-n1\"}],\"forNodes\":[{\"name\":\"n1\"}]}");
    api.patch(SERVICES + "/s", MERGE, "{\"spec\":{\"trafficDistribution\":\"PreferClose\"}}");
    slice("\"hints\":{\"forZones\":[{\"name\":\"z-n1\"}]}");
    api.patch(SERVICES + "/s", MERGE, "{\"spec\":{\"trafficDistribution\":null}}");
    api.until(OF_S, each -> !each.exchange().text().contains("hints"));
  }

  private void capacity(String name, String cpu, String ready) throws InterruptedException {
    Api.Answer told =
        api.patch(
            "/api/v1/nodes/" + name + "/status",
            MERGE,
            "{\"status\":{\"allocatable\":{\"cpu\":\"%s\"},\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}]}}"
                .formatted(cpu, ready));
    assertThat(told.code()).as(told.message()).isEqualTo(200);
  }

  private static String hintsOf(Api.Answer slices) {
    return slices.items().objects().stream()
        .flatMap(slice -> slice.objects("endpoints").stream())
        .map(endpoint ->
            endpoint.objectOrEmpty("hints").objects("forZones").stream()
                .map(zone -> zone.textOrEmpty("name"))
                .collect(Collectors.joining(",")))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private void mode(String annotation, String mode) throws InterruptedException {
    api.patch(
        SERVICES + "/s",
        MERGE,
        "{\"metadata\":{\"annotations\":{\"service.kubernetes.io/%s\":%s}}}"
            .formatted(annotation, mode));
  }

  @Test
  void hintsFollowTheProcessorsOfZonesWhereTheyAreAskedFor() throws InterruptedException {
    String events = "/api/v1/namespaces/default/events";
    node("n1");
    node("n2");
    for (int i = 1; i <= 4; i++) {
      pod("p" + i, i == 4 ? "n2" : "n1", "10.1.0." + i, true);
    }
    service(SELECTING);
    mode("topology-mode", "\"Auto\"");
    api.untilSaid(
        events,
        "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes, addressType: IPv4");
    capacity("n1", "2", "True");
    capacity("n2", "2", "True");
    mode("topology-mode", "\"auto\"");
    api.until(OF_S, each -> hintsOf(each).equals("z-n1 z-n1 z-n2 z-n2"));
    String enabled =
        api.untilSaid(events, "Topology Aware Hints has been enabled, addressType: IPv4");
    assertThat(enabled)
        .contains("\"reason\":\"TopologyAwareHintsEnabled\"", "\"type\":\"Normal\"")
        .contains("\"source\":{\"component\":\"endpoint-slice-controller\"}");
    capacity("n2", "2", "False");
    api.until(OF_S, each -> hintsOf(each).isBlank());
    capacity("n2", "2", "True");
    // Not both at once, unless they say the same.
    mode("topology-mode", "null");
    mode("topology-aware-hints", "\"Auto\"");
    api.until(OF_S, each -> hintsOf(each).equals("z-n1 z-n1 z-n2 z-n2"));
    mode("topology-aware-hints", "\"Disabled\"");
    api.until(OF_S, each -> hintsOf(each).isBlank());
    api.untilSaid(events, "Topology Aware Hints has been disabled, addressType: IPv4");
  }

  @Test
  void aSliceHoldsAHundredAndTheFullestIsFilledFirst() throws InterruptedException {
    node("n1");
    for (int i = 0; i < 105; i++) {
      pod("p" + i, "n1", "10.1.0." + i, true);
    }
    service(SELECTING);
    assertThat(sizes(105)).containsExactly(5, 100);
    pod("more", "n1", "10.2.0.1", true);
    assertThat(sizes(106)).containsExactly(6, 100);
    api.delete(PODS + "/p0", "{\"gracePeriodSeconds\":0}");
    assertThat(sizes(105)).hasSize(2);
  }

  private List<Integer> sizes(int all) throws InterruptedException {
    Api.Answer answer =
        api.until(OF_S, each -> sizes(each).stream().mapToInt(Integer::intValue).sum() == all);
    return new ArrayList<>(new TreeSet<>(sizes(answer)));
  }

  private static List<Integer> sizes(Api.Answer answer) {
    return answer.items().objects().stream()
        .map(slice -> slice.arrayOrEmpty("endpoints").size())
        .toList();
  }

  @Test
  void whoeverChangesASliceSeesItPutRight() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    service(SELECTING);
    String name = slice("10.1.0.1").objectAt("metadata").textOrEmpty("name");
    api.patch(SLICES + "/" + name, MERGE, "{\"endpoints\":[{\"addresses\":[\"10.9.9.9\"]}]}");
    slice("10.1.0.1");
    api.until(OF_S, each -> !each.exchange().text().contains("10.9.9.9"));
    api.delete(SLICES + "/" + name);
    slice("10.1.0.1");
  }

  @Test
  void aServiceWithoutAPortOfAPodLeavesThatPortOut() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    service(
        "\"selector\":{\"app\":\"a\"},\"ports\":[{\"name\":\"a\",\"port\":80,\"targetPort\":\"none\"},{\"name\":\"b\",\"port\":81}]");
    assertThat(text(slice("10.1.0.1").arrayOrEmpty("ports")))
        .isEqualTo("[{\"name\":\"b\",\"protocol\":\"TCP\",\"port\":81}]");
  }

  @Test
  void aServiceOfTwoFamiliesHasASliceOfEach() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    api.patch(
        PODS + "/p/status",
        MERGE,
        "{\"status\":{\"podIPs\":[{\"ip\":\"10.1.0.1\"},{\"ip\":\"fd01::1\"}]}}");
    service(SELECTING + ",\"ipFamilyPolicy\":\"RequireDualStack\"");
    Api.Answer both =
        api.until(
            OF_S,
            each ->
                each.items().size() == 2
                    && each.exchange().text().contains("10.1.0.1")
                    && each.exchange().text().contains("fd01::1"));
    assertThat(both.items().objects())
        .extracting(
            slice -> slice.textOrEmpty("addressType"),
            slice -> slice.objects("endpoints").getFirst().texts("addresses"))
        .containsExactlyInAnyOrder(
            tuple("IPv4", List.of("10.1.0.1")), tuple("IPv6", List.of("fd01::1")));
    api.patch(
        SERVICES + "/s",
        MERGE,
        "{\"spec\":{\"ipFamilyPolicy\":\"SingleStack\",\"ipFamilies\":[\"IPv4\"],\"clusterIPs\":null}}");
    slice("10.1.0.1");
  }

  @Test
  void aHeadlessServiceSaysSo() throws InterruptedException {
    node("n1");
    pod("p", "n1", "10.1.0.1", true);
    service("\"selector\":{\"app\":\"a\"},\"clusterIP\":\"None\"");
    JsonObject slice = slice("10.1.0.1");
    assertThat(slice.objectAt("metadata").objectAt("labels").get("service.kubernetes.io/headless"))
        .isEqualTo(Json.of(""));
    assertThat(slice.arrayOrEmpty("ports").isEmpty()).isTrue();
    api.untilSaid(ENDPOINTS + "/s", "10.1.0.1");
  }

  @Test
  void endpointsAreMirroredWhereEventsAreRefused() throws InterruptedException {
    String group = "/apis/admissionregistration.k8s.io/v1/";
    Api.Answer policy =
        api.post(
            group + "validatingadmissionpolicies",
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"events\"]}]},\"validations\":[{\"expression\":\"false\"}]}}");
    assertThat(policy.code()).as(policy.message()).isEqualTo(201);
    Api.Answer bound =
        api.post(
            group + "validatingadmissionpolicybindings",
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"Deny\"]}}");
    assertThat(bound.code()).as(bound.message()).isEqualTo(201);
    service("\"ports\":[{\"port\":80}]");
    String addresses =
        IntStream.range(0, 1_001)
            .mapToObj(i -> "{\"ip\":\"10.1.%d.%d\"}".formatted(i / 250, 1 + i % 250))
            .collect(Collectors.joining(","));
    Api.Answer made =
        api.post(
            "/api/v1/namespaces/default/endpoints",
            "{\"metadata\":{\"name\":\"s\"},\"subsets\":[{\"addresses\":[%s],\"ports\":[{\"port\":80}]}]}"
                .formatted(addresses));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
    slice("10.1.0.1\"");
    assertThat(api.get("/api/v1/namespaces/default/events").items().isEmpty()).isTrue();
  }

  @Test
  void endpointsThatSomebodyWritesAreMirrored() throws InterruptedException {
    service("\"ports\":[{\"name\":\"http\",\"port\":80}]");
    api.post(
        ENDPOINTS,
        """
        {"metadata":{"name":"s","labels":{"own":"1"},"annotations":{"a":"b"}},"subsets":[{
        "addresses":[{"ip":"10.5.0.1","hostname":"x"}],"notReadyAddresses":[{"ip":"10.5.0.2"}],
        "ports":[{"name":"http","port":81}]}]}
        """);
    JsonObject slice = slice("10.5.0.1");
    assertThat(text(slice.arrayOrEmpty("endpoints")))
        .isEqualTo(
            """
            [{"addresses":["10.5.0.1"],"conditions":{"ready":true},"hostname":"x"},\
            {"addresses":["10.5.0.2"],"conditions":{"ready":false}}]\
            """);
    assertThat(text(slice.objectAt("metadata").objectOrEmpty("labels")))
        .isEqualTo(
            "{\"endpointslice.kubernetes.io/managed-by\":\"endpointslicemirroring-controller.k8s.io\",\"kubernetes.io/service-name\":\"s\",\"own\":\"1\"}");
    assertThat(text(slice.objectAt("metadata").objectOrEmpty("annotations")))
        .isEqualTo("{\"a\":\"b\"}");
    api.patch(ENDPOINTS + "/s", MERGE, "{\"subsets\":[{\"addresses\":[{\"ip\":\"10.5.0.3\"}]}]}");
    slice("10.5.0.3");
    api.patch(SERVICES + "/s", MERGE, "{\"spec\":{\"selector\":{\"app\":\"none\"}}}");
    slice("endpointslice-controller.k8s.io");
  }
}
