package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Services of a cluster that has networks of both families.
class DualStackTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";
  private static final String CIDR = "/apis/networking.k8s.io/v1/servicecidrs/kubernetes";
  private static final KubeConfig DUAL = with("10.0.0.0/24,fd00::/120");

  private Api api = new Api();

  private static KubeConfig with(String range) {
    return KubeConfig.DEFAULT.withRanges(ServiceRanges.DEFAULT.withNetworks(range));
  }

  private void start(KubeConfig config) throws InterruptedException {
    api.close();
    api = new Api(config).settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Api.Answer service(String name, String spec) throws InterruptedException {
    return api.post(
        SERVICES,
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"ports\":[{\"port\":80}],%s}}"
            .formatted(name, spec));
  }

  private static List<String> texts(JsonObject spec, String field) {
    JsonArray array = Objects.requireNonNull(spec.array(field), field);
    List<String> texts = new ArrayList<>();
    for (Json each : array) {
      texts.add(((Json.Text) each).value());
    }
    return texts;
  }

  private static List<String> addresses(Api.Answer service) {
    assertThat(service.code()).as(service.message()).isIn(200, 201);
    return texts(service.body().objectAt("spec"), "clusterIPs");
  }

  private int code(String address) throws InterruptedException {
    return api.get(ADDRESSES + "/" + address).code();
  }

  @Test
  void aServiceThatPrefersTwoFamiliesGetsAnAddressOfEach() throws InterruptedException {
    start(DUAL);
    List<String> both = addresses(service("a", "\"ipFamilyPolicy\":\"PreferDualStack\""));
    assertThat(both.getFirst()).startsWith("10.0.0.");
    assertThat(both.getLast()).startsWith("fd00::");
    JsonObject object = api.get(ADDRESSES + "/" + both.getLast()).body();
    assertThat(object.objectAt("spec").objectAt("parentRef").text("name")).isEqualTo("a");
    assertThat(
            object
                .objectAt("metadata")
                .objectAt("labels")
                .text("ipaddress.kubernetes.io/ip-family"))
        .isEqualTo("IPv6");
    api.delete(SERVICES + "/a");
    assertThat(List.of(code(both.getFirst()), code(both.getLast()))).containsExactly(404, 404);
  }

  @Test
  void aServiceGetsAndGivesUpItsSecondAddressAndKeepsTheFirst() throws InterruptedException {
    start(DUAL);
    String first = addresses(service("a", "\"ipFamilyPolicy\":\"SingleStack\"")).getFirst();
    Api.Answer upgraded =
        api.patch(
            SERVICES + "/a", Api.MERGE, "{\"spec\":{\"ipFamilyPolicy\":\"RequireDualStack\"}}");
    List<String> both = addresses(upgraded);
    assertThat(both).hasSize(2).startsWith(first);
    assertThat(code(both.getLast())).isEqualTo(200);
    Api.Answer single =
        api.patch(SERVICES + "/a", Api.MERGE, "{\"spec\":{\"ipFamilyPolicy\":\"SingleStack\"}}");
    assertThat(addresses(single)).containsExactly(first);
    assertThat(List.of(code(first), code(both.getLast()))).containsExactly(200, 404);
  }

  @Test
  void aSecondAddressThatIsTakenIsRefusedAndTakesNothing() throws InterruptedException {
    start(DUAL);
    service("a", "\"clusterIP\":\"fd00::20\"");
    Api.Answer refused =
        service(
            "b",
            "\"clusterIP\":\"10.0.0.20\",\"clusterIPs\":[\"10.0.0.20\",\"fd00::20\"],\"ipFamilyPolicy\":\"RequireDualStack\"");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message())
        .contains("failed to allocate IP fd00::20: provided IP is already allocated");
    assertThat(code("10.0.0.20")).isEqualTo(404);
  }

  /// A name has one form, whatever form the service asks in.
  @Test
  void oneAddressInTwoFormsIsOneAddress() throws InterruptedException {
    start(DUAL);
    assertThat(addresses(service("a", "\"clusterIP\":\"FD00:0:0::0030\"")))
        .containsExactly("FD00:0:0::0030");
    assertThat(code("fd00::30")).isEqualTo(200);
    assertThat(service("b", "\"clusterIP\":\"fd00::30\"").code()).isEqualTo(422);
    api.delete(SERVICES + "/a");
    assertThat(code("fd00::30")).isEqualTo(404);
  }

  @Test
  void everyAddressOfANetworkOfVersionSixIsGivenOnce() throws InterruptedException {
    start(with("fd00::/125,10.0.0.0/24"));
    Set<String> given = new HashSet<>();
    // The first is that of the service `kubernetes`.
    for (int i = 2; i < 8; i++) {
      assertThat(given.add(addresses(service("s" + i, "\"type\":\"ClusterIP\"")).getFirst()))
          .isTrue();
    }
    assertThat(given)
        .containsExactlyInAnyOrder(
            "fd00::2", "fd00::3", "fd00::4", "fd00::5", "fd00::6", "fd00::7");
    assertThat(service("full", "\"type\":\"ClusterIP\"").message()).contains("range is full");
  }

  @Test
  void theFirstNetworkSaysWhereTheServerIsFound() throws InterruptedException {
    start(with("fd00:1::/112,10.9.0.0/16"));
    JsonObject spec = api.get(SERVICES + "/kubernetes").body().objectAt("spec");
    assertThat(texts(spec, "clusterIPs")).containsExactly("fd00:1::1");
    assertThat(texts(spec, "ipFamilies")).containsExactly("IPv6");
    assertThat(texts(api.get(CIDR).body().objectAt("spec"), "cidrs"))
        .containsExactly("fd00:1::/112", "10.9.0.0/16");
  }

  @Test
  void aClusterBecomesDualStackByALaterStart() throws InterruptedException {
    start(KubeConfig.DEFAULT);
    Api.Answer before = service("a", "\"ipFamilyPolicy\":\"PreferDualStack\"");
    assertThat(addresses(before)).hasSize(1);
    api.restart(DUAL).settledIn();
    assertThat(texts(api.get(CIDR).body().objectAt("spec"), "cidrs"))
        .containsExactly("10.0.0.0/24", "fd00::/120");
    assertThat(addresses(service("b", "\"ipFamilyPolicy\":\"PreferDualStack\""))).hasSize(2);
    // Whoever only preferred two keeps one until it is asked for.
    api.patch(SERVICES + "/a", Api.MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
    assertThat(addresses(api.get(SERVICES + "/a"))).hasSize(1);
  }

  @Test
  void anotherFirstNetworkChangesNothingThatIsThere() throws InterruptedException {
    start(KubeConfig.DEFAULT);
    api.restart(with("10.9.0.0/16")).settledIn();
    assertThat(texts(api.get(CIDR).body().objectAt("spec"), "cidrs"))
        .containsExactly("10.0.0.0/24");
    assertThat(addresses(service("a", "\"type\":\"ClusterIP\"")).getFirst()).startsWith("10.0.0.");
  }
}
