package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers that no two services may have, however many clients ask at once.
final class ServiceAddressesTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";
  private static final String CIDRS = "/apis/networking.k8s.io/v1/servicecidrs";
  private static final int CLIENTS = 64;

  /// Of `10.0.0.0/24`, less the one of the service `kubernetes`.
  private static final int FIRST_NETWORK = 253;

  private static final int SECOND_NETWORK = 1_022;

  private final Api api = new Api();

  @BeforeEach
  void settle() throws InterruptedException {
    api.settledIn();
  }

  private Api.Answer service(String name, String spec) throws InterruptedException {
    return api.post(
        SERVICES,
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"ports\":[{\"port\":80}]%s}}"
            .formatted(name, spec.isEmpty() ? "" : "," + spec));
  }

  private static String address(Api.Answer service) {
    return String.valueOf(service.body().objectAt("spec").text("clusterIP"));
  }

  private Set<String> objects() throws InterruptedException {
    Set<String> names = new HashSet<>();
    FakeExchange list = api.watch(ADDRESSES);
    list.awaitEnd();
    JsonObject all = (JsonObject) JsonReader.read(list.bytes());
    for (Json item : Objects.requireNonNull(all.array("items"))) {
      names.add(String.valueOf(((JsonObject) item).objectAt("metadata").text("name")));
    }
    return names;
  }

  /// Sends `all` requests from 64 clients at once.
  private List<Api.Answer> race(int all, IntFunction<String> spec) throws InterruptedException {
    ConcurrentLinkedQueue<Api.Answer> answers = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int n = next.getAndIncrement(); n < all; n = next.getAndIncrement()) {
                    answers.add(service("s" + n, spec.apply(n)));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread client : clients) {
      client.join();
    }
    return List.copyOf(answers);
  }

  @Test
  void theAddressOfAServiceIsAnObjectThatGoesWithIt() throws InterruptedException {
    String address = address(service("a", ""));
    JsonObject parent =
        api.get(ADDRESSES + "/" + address).body().objectAt("spec").objectAt("parentRef");
    assertThat(parent.text("name")).isEqualTo("a");
    assertThat(api.delete(SERVICES + "/a").code()).isEqualTo(200);
    assertThat(api.get(ADDRESSES + "/" + address).code()).isEqualTo(404);
  }

  @Test
  void whatIsRefusedLeavesNoAddressBehind() throws InterruptedException {
    Set<String> before = objects();
    assertThat(service("a", "\"sessionAffinity\":\"Nope\"").code()).isEqualTo(422);
    assertThat(service("a", "\"clusterIP\":\"10.0.0.1\"").code()).isEqualTo(422);
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void aFinalizerHoldsTheAddressUntilItGoes() throws InterruptedException {
    String address =
        address(
            api.post(
                SERVICES,
                "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.com/x\"]},\"spec\":{\"ports\":[{\"port\":80}]}}"));
    api.delete(SERVICES + "/a");
    assertThat(api.get(ADDRESSES + "/" + address).code()).isEqualTo(200);
    api.patch(SERVICES + "/a", Api.MERGE, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(api.get(ADDRESSES + "/" + address).code()).isEqualTo(404);
  }

  @Test
  void sixtyFourClientsGetEveryAddressOfTwoNetworksOnce() throws InterruptedException {
    api.post(CIDRS, "{\"metadata\":{\"name\":\"more\"},\"spec\":{\"cidrs\":[\"10.9.0.0/22\"]}}");
    api.patch(
        CIDRS + "/more/status",
        Api.MERGE,
        "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"\",\"message\":\"\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}");
    int all = FIRST_NETWORK + SECOND_NETWORK;

    List<Api.Answer> answers = race(all, _ -> "");

    assertThat(answers).allMatch(answer -> answer.code() == 201);
    assertThat(answers.stream().map(ServiceAddressesTest::address).distinct()).hasSize(all);
    assertThat(objects()).hasSize(all + 1);
    Api.Answer full = service("one-more", "");
    assertThat(full.code()).isEqualTo(500);
    assertThat(full.message()).contains("range is full");
    api.delete(SERVICES + "/s7");
    assertThat(service("in-its-place", "").code()).isEqualTo(201);
  }

  @Test
  void sixtyFourClientsGetEachNodePortOnce() throws InterruptedException {
    int all = 200;
    List<Api.Answer> answers = race(all, _ -> "\"type\":\"NodePort\"");
    assertThat(answers).allMatch(answer -> answer.code() == 201);
    Set<Json> ports = new HashSet<>();
    for (Api.Answer answer : answers) {
      JsonArray list = answer.body().objectAt("spec").array("ports");
      ports.add(((JsonObject) Objects.requireNonNull(list).at(0)).get("nodePort"));
    }
    assertThat(ports).hasSize(all);
  }

  @Test
  void aPortIsFreeOnceItsServiceIsGone() throws InterruptedException {
    String port = "\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":31111}]";
    String service = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}";
    assertThat(api.post(SERVICES, service.formatted("a", port)).code()).isEqualTo(201);
    assertThat(api.post(SERVICES, service.formatted("b", port)).code()).isEqualTo(422);
    api.patch(SERVICES + "/a", Api.MERGE, "{\"spec\":{\"type\":\"ClusterIP\"}}");
    assertThat(api.post(SERVICES, service.formatted("b", port)).code()).isEqualTo(201);
    api.delete(SERVICES + "/b");
    assertThat(api.post(SERVICES, service.formatted("c", port)).code()).isEqualTo(201);
  }

  /// What lies in the store beside an object goes on every road by which the object goes.
  @Test
  void anAddressGoesByWhateverRoadItsServiceGoes() throws InterruptedException {
    Set<String> before = objects();
    service("deleted", "");
    service("collected", "");
    service("tried", "");
    service("renamed", "");
    assertThat(objects()).hasSize(before.size() + 4);

    api.delete(SERVICES + "/tried?dryRun=All");
    assertThat(objects()).hasSize(before.size() + 4);

    api.delete(SERVICES + "/deleted");
    api.delete(SERVICES + "?fieldSelector=metadata.name%3Dcollected");
    api.patch(
        SERVICES + "/renamed",
        Api.MERGE,
        "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"a.example.com\",\"clusterIP\":null,\"clusterIPs\":null}}");
    api.delete(SERVICES + "/renamed");
    assertThat(objects()).hasSize(before.size() + 1);

    api.delete(SERVICES + "/tried");
    assertThat(objects()).isEqualTo(before);
  }
}
