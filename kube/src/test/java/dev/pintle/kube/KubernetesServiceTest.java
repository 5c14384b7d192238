package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The service `kubernetes`, and where an address is advertised its Endpoints and EndpointSlice.
final class KubernetesServiceTest {
  private static final String SERVICE = "/api/v1/namespaces/default/services/kubernetes";
  private static final String ENDPOINTS = "/api/v1/namespaces/default/endpoints/kubernetes";
  private static final String SLICE =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes";
  private static final String LEASE = "/registry/masterleases/";
  private static final ServingAddress AT = new ServingAddress("127.0.0.1", 7443, "203.0.113.7");

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private static JsonArray addresses(Answer endpoints) {
    return endpoints.body().arrayOrEmpty("subsets");
  }

  private static JsonArray named(String... addresses) {
    return array(subsets(addresses));
  }

  private static String subsets(String... addresses) {
    String each = "{\"ip\":\"" + String.join("\"},{\"ip\":\"", addresses) + "\"}";
    return "[{\"addresses\":[%s],\"ports\":[{\"name\":\"https\",\"port\":7443,\"protocol\":\"TCP\"}]}]"
        .formatted(each);
  }

  private static JsonArray array(String json) {
    return (JsonArray) JsonReader.read(json);
  }

  @Test
  void theServiceLeadsToThePortAndIsMadeAgain() throws InterruptedException {
    api.settledIn(AT);
    JsonObject port = api.get(SERVICE).body().objectAt("spec").objects("ports").getFirst();
    assertThat(port.wholeOrZero("targetPort")).isEqualTo(7443);
    assertThat(api.delete(SERVICE).code()).isEqualTo(200);
    api.until(SERVICE, answer -> answer.code() == 200);
  }

  @Test
  void nothingIsNamedWithoutAnAddress() throws InterruptedException {
    api.settledIn();
    assertThat(api.get(SERVICE).code()).isEqualTo(200);
    assertThat(api.get(ENDPOINTS).code()).isEqualTo(404);
    assertThat(api.get(SLICE).code()).isEqualTo(404);
  }

  @Test
  void theAddressIsNamedAndPutBackAndTakenBackAtTheEnd() throws InterruptedException {
    api.settledIn(AT);
    Answer endpoints = api.until(ENDPOINTS, answer -> answer.code() == 200);
    assertThat(addresses(endpoints)).isEqualTo(named("203.0.113.7"));
    assertThat(endpoints.metadata().objectAt("labels"))
        .isEqualTo(JsonReader.read("{\"endpointslice.kubernetes.io/skip-mirror\":\"true\"}"));
    JsonObject slice = api.until(SLICE, answer -> answer.code() == 200).body();
    assertThat(slice.text("addressType")).isEqualTo("IPv4");
    assertThat(slice.arrayOrEmpty("endpoints"))
        .isEqualTo(array("[{\"addresses\":[\"203.0.113.7\"],\"conditions\":{\"ready\":true}}]"));

    api.patch(ENDPOINTS, MERGE, "{\"subsets\":null}");
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.7")));
    api.delete(ENDPOINTS);
    api.until(ENDPOINTS, answer -> answer.code() == 200);
    api.delete(SLICE);
    api.until(SLICE, answer -> answer.code() == 200);
    api.patch(SLICE, MERGE, "{\"endpoints\":[]}");
    api.until(SLICE, answer -> answer.body().arrayOrEmpty("endpoints").size() == 1);

    api.restart();
    assertThat(addresses(api.get(ENDPOINTS))).isEmpty();
    assertThat(api.get(SLICE).body().arrayOrEmpty("endpoints").isEmpty()).isTrue();
  }

  @Test
  void otherServersThatLiveAreNamedToo() throws InterruptedException {
    api.settledIn(AT);
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.7")));
    api.store(
        LEASE + "203.0.113.3",
        "{\"kind\":\"Endpoints\",\"apiVersion\":\"v1\",\"metadata\":{\"generation\":1},\"subsets\":[{\"addresses\":[{\"ip\":\"203.0.113.3\"}]}]}"
            .getBytes(StandardCharsets.UTF_8));
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.3", "203.0.113.7")));
    api.until(SLICE, answer -> answer.body().arrayOrEmpty("endpoints").size() == 2);
    api.restart();
    assertThat(addresses(api.get(ENDPOINTS))).isEqualTo(named("203.0.113.3"));
  }

  @Test
  void aServerOfAnotherPortTakesItOverWhenItStarts() throws InterruptedException {
    api.settledIn(new ServingAddress("127.0.0.1", 1443, "203.0.113.7"));
    api.until(ENDPOINTS, answer -> answer.code() == 200);
    api.store(
        LEASE + "203.0.113.3",
        "{\"kind\":\"Endpoints\",\"apiVersion\":\"v1\",\"metadata\":{\"generation\":1},\"subsets\":[{\"addresses\":[{\"ip\":\"203.0.113.3\"}]}]}"
            .getBytes(StandardCharsets.UTF_8));
    api.restart().settledIn(AT);
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.3", "203.0.113.7")));
  }

  @Test
  void anAddressOfTheOtherFamilyHasASliceOfIt() throws InterruptedException {
    api.settledIn(AT);
    api.until(SLICE, answer -> answer.code() == 200);
    api.restart().settledIn(new ServingAddress("::1", 7443, "fd00::7"));
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("fd00::7")));
    api.until(
        SLICE,
        answer ->
            "IPv6".equals(answer.body().text("addressType"))
                && answer.body().arrayOrEmpty("endpoints").size() == 1);
  }

  /// A server that was killed takes nothing back.
  private void living(String... addresses) throws InterruptedException {
    for (String address : addresses) {
      api.store(
          LEASE + address,
          "{\"kind\":\"Endpoints\",\"apiVersion\":\"v1\",\"metadata\":{\"generation\":1},\"subsets\":[{\"addresses\":[{\"ip\":\"%s\"}]}]}"
              .formatted(address)
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private void write(String path, String object) throws InterruptedException {
    assertThat(api.post(path.substring(0, path.lastIndexOf('/')), object).code()).isEqualTo(201);
  }

  private static String endpoints(String... addresses) {
    return "{\"metadata\":{\"name\":\"kubernetes\"},\"subsets\":" + subsets(addresses) + "}";
  }

  @Test
  void whatAKilledServerLeftIsTakenBackWhenItsLeaseEnds() throws InterruptedException {
    living("203.0.113.3", "203.0.113.7");
    write(ENDPOINTS, endpoints("203.0.113.3", "203.0.113.7", "203.0.113.9"));
    api.settledIn();
    api.delete(SERVICE);
    api.until(SERVICE, answer -> answer.code() == 200);
    assertThat(addresses(api.get(ENDPOINTS)))
        .isEqualTo(named("203.0.113.3", "203.0.113.7", "203.0.113.9"));
    api.unstore(LEASE + "203.0.113.3");
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.7", "203.0.113.9")));
    api.until(SLICE, answer -> answer.body().arrayOrEmpty("endpoints").size() == 2);
    api.unstore(LEASE + "203.0.113.7");
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.9")));
  }

  @Test
  void theLastAddressLeavesNoSubset() throws InterruptedException {
    living("203.0.113.7");
    write(ENDPOINTS, endpoints("203.0.113.7"));
    api.settledIn();
    api.delete(SERVICE);
    api.until(SERVICE, answer -> answer.code() == 200);
    api.unstore(LEASE + "203.0.113.7");
    api.until(ENDPOINTS, answer -> addresses(answer).isEmpty());
    api.until(
        SLICE, answer -> answer.code() == 200 && answer.body().arrayOrEmpty("endpoints").isEmpty());
  }

  @Test
  void whoeverKeepsTakingTheAddressAwayIsAnsweredMoreAndMoreSlowly() throws InterruptedException {
    api.settledIn(AT);
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.7")));
    int taken = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < end) {
      if (!addresses(api.get(ENDPOINTS)).isEmpty()) {
        api.patch(ENDPOINTS, MERGE, "{\"subsets\":null}");
        taken++;
      }
      Thread.onSpinWait();
    }
    assertThat(taken).isBetween(1, 20);
    api.until(ENDPOINTS, answer -> addresses(answer).equals(named("203.0.113.7")));
    api.patch(ENDPOINTS, MERGE, "{\"subsets\":null}");
    api.restart();
    assertThat(api.get(SLICE).body().arrayOrEmpty("endpoints").isEmpty()).isTrue();
  }
}
