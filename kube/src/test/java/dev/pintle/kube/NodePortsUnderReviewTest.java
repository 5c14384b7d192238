package dev.pintle.kube;

import static dev.pintle.kube.HookedApi.ALLOWED;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.HookServer.Received;
import dev.pintle.kube.protobuf.RangeAllocation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Node ports of services while webhooks are asked about one of them.
final class NodePortsUnderReviewTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String PORTS = "/registry/ranges/servicenodeports";
  private static final int FIRST = 30_000;
  private static final int CLIENTS = 16;
  private static final int ROUNDS = 12;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    over.countDown();
    threads.close();
  }

  private static String name(Received request) {
    return request.request().textOrEmpty("name");
  }

  private static String service(String name, String port, String annotation) {
    return "{\"metadata\":{\"name\":\"%s\",\"annotations\":{\"a\":\"%s\"}},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80%s}]}}"
        .formatted(name, annotation, port);
  }

  private static String asking(int port) {
    return ",\"nodePort\":" + port;
  }

  private static List<Long> ports(JsonObject service) {
    return service.objectAt("spec").objects("ports").stream()
        .map(each -> each.wholeOrZero("nodePort"))
        .filter(port -> port != 0)
        .toList();
  }

  /// One whose webhook thinks about the service `held` until it is `over`, and about no other.
  private HookedApi hooked(String verdict) throws InterruptedException {
    HookedApi hooked =
        new HookedApi(request -> {
          if (!name(request).equals("held")) {
            return ALLOWED;
          }
          asked.countDown();
          try {
            over.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return verdict;
        });
    hooked.install(
        VALIDATING, "v", hooked.hook("a", "x", rule("", "v1", "services"), ",'timeoutSeconds':10"));
    return hooked;
  }

  private void write(Api api, String annotation) throws InterruptedException {
    assertThat(api.post(SERVICES, service("other", "", annotation)).code()).isEqualTo(201);
    String label =
        "{\"metadata\":{\"labels\":{\"a\":\"b\"},\"annotations\":{\"b\":\"" + annotation + "\"}}}";
    assertThat(api.patch(SERVICES + "/other", Api.MERGE, label).code()).isEqualTo(200);
    String moved = "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/nodePort\",\"value\":30500}]";
    assertThat(api.patch(SERVICES + "/other", Api.JSON_PATCH, moved).code()).isEqualTo(200);
    assertThat(api.post(SERVICES + "?dryRun=All", service("tried", "", annotation)).code())
        .isEqualTo(201);
    assertThat(api.delete(SERVICES + "/other").code()).isEqualTo(200);
  }

  @Test
  void othersWriteTheirsMeanwhile() throws Exception {
    try (HookedApi hooked = hooked(ALLOWED)) {
      Future<Api.Answer> held =
          threads.submit(() -> hooked.api.post(SERVICES, service("held", "", "")));
      asked.await();
      write(hooked.api, "");
      write(hooked.api, "x".repeat(30_000));
      assertThat(held.isDone()).as("the one that is thought about").isFalse();
      over.countDown();
      assertThat(held.get().code()).isEqualTo(201);
      requireExact(hooked.api);
    }
  }

  @Test
  void whatAServiceUnderWayIsGivenIsNobodyElses() throws Exception {
    try (HookedApi hooked = hooked("\"allowed\":false")) {
      Future<Api.Answer> held =
          threads.submit(() -> hooked.api.post(SERVICES, service("held", asking(30_300), "")));
      asked.await();
      Api.Answer refused = hooked.api.post(SERVICES, service("other", asking(30_300), ""));
      assertThat(refused.code()).isEqualTo(422);
      assertThat(refused.message()).contains("provided port is already allocated");
      assertThat(held.isDone()).isFalse();
      over.countDown();
      assertThat(held.get().code()).isEqualTo(400);
      assertThat(hooked.api.post(SERVICES, service("other", asking(30_300), "")).code())
          .isEqualTo(201);
      requireExact(hooked.api);
    }
  }

  @Test
  void aWebhookMayMakeAServiceItself() throws InterruptedException {
    List<HookedApi> asking = new ArrayList<>(1);
    try (HookedApi hooked =
        new HookedApi(request -> {
          if (name(request).equals("outer")) {
            try {
              Api api = asking.getFirst().api;
              api.post(SERVICES, service("inner", "", ""));
              api.patch(
                  SERVICES + "/inner", Api.MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
              api.delete(SERVICES + "/inner");
              api.post(SERVICES, service("inner-too", "", ""));
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          }
          return ALLOWED;
        })) {
      asking.add(hooked);
      hooked.install(
          VALIDATING,
          "v",
          hooked.hook("a", "x", rule("", "v1", "services"), ",'timeoutSeconds':3"));
      Api.Answer outer = hooked.api.post(SERVICES, service("outer", "", ""));
      assertThat(outer.code()).as(outer.exchange().text()).isEqualTo(201);
      assertThat(hooked.api.get(SERVICES + "/inner-too").code()).isEqualTo(200);
      requireExact(hooked.api);
    }
  }

  @Test
  void noPortIsGivenTwiceOrLostHoweverManyClientsComeAndGo() throws Exception {
    try (Api api = new Api().settledIn()) {
      List<Callable<Boolean>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        clients.add(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            comeAndGo(api, "s" + client + "-" + round, client, round);
          }
          return true;
        });
      }
      for (Future<Boolean> each : threads.invokeAll(clients, 60, TimeUnit.SECONDS)) {
        assertThat(each.get()).isTrue();
      }
      requireExact(api);
    }
  }

  private static void comeAndGo(Api api, String name, int client, int round)
      throws InterruptedException {
    // All clients want a few of the same.
    String wanted = round % 3 == 0 ? asking(FIRST + (client + round) % 8) : "";
    int made = api.post(SERVICES, service(name, wanted, "")).code();
    assertThat(made).isIn(wanted.isEmpty() ? List.of(201) : List.of(201, 422));
    if (made == 201 && round % 2 == 0) {
      String moved =
          "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/nodePort\",\"value\":%d}]"
              .formatted(FIRST + (client * 7 + round) % 20);
      assertThat(api.patch(SERVICES + "/" + name, Api.JSON_PATCH, moved).code()).isIn(200, 422);
    }
    if (made == 201 && round % 4 != 3) {
      assertThat(api.delete(SERVICES + "/" + name).code()).isEqualTo(200);
    }
  }

  /// The object says of each port what services say, and no two of them have the same.
  private static void requireExact(Api api) throws InterruptedException {
    List<Long> had = new ArrayList<>();
    for (Json each : api.get(SERVICES).items()) {
      had.addAll(ports((JsonObject) each));
    }
    assertThat(had).doesNotHaveDuplicates();
    BigInteger expected = BigInteger.ZERO;
    for (long port : had) {
      expected = expected.setBit((int) port - FIRST);
    }
    assertThat(RangeAllocation.read(api.stored(PORTS)).orElseThrow().bits()).isEqualTo(expected);
  }
}
