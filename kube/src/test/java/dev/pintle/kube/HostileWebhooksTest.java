package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.HookedApi.ALLOWED;
import static dev.pintle.kube.HookedApi.MUTATING;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.maps;
import static dev.pintle.kube.HookedApi.patch;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What webhooks of admission that lie, dawdle, or write themselves do to requests.
final class HostileWebhooksTest {
  private static final String BROKEN =
      "Internal error occurred: failed calling webhook \"a.example.com\": ";

  private static String refusal(String collection, String fields) throws InterruptedException {
    try (HookedApi hooked = new HookedApi(_ -> fields)) {
      hooked.install(collection, "x", hooked.hook("a", "x", maps(), ""));
      Api.Answer refused = hooked.api.map("a", "{}");
      assertThat(refused.code()).as(refused.exchange().text()).isEqualTo(500);
      assertThat(hooked.api.get(MAPS + "/a").code()).isEqualTo(404);
      return refused.message();
    }
  }

  @Test
  void anAnswerToAnotherRequestIsNoAnswer() throws InterruptedException {
    assertThat(refusal(VALIDATING, "\"uid\":\"lie\"," + ALLOWED))
        .startsWith(BROKEN + "received invalid webhook response: expected response.uid=\"")
        .endsWith("\", got \"lie\"");
  }

  @Test
  void anAnswerOfAnotherShapeIsNoAnswer() throws InterruptedException {
    assertThat(refusal(VALIDATING, "\"allowed\":\"yes\""))
        .isEqualTo(
            BROKEN
                + "failed to call webhook: json: cannot unmarshal string into Go struct field AdmissionResponse.response.allowed of type bool");
    assertThat(refusal(VALIDATING, patch("[]")))
        .isEqualTo(
            BROKEN
                + "received invalid webhook response: validating webhook may not return response.patch");
    assertThat(refusal(MUTATING, patch("[]").replace("\"patchType\":\"JSONPatch\",", "")))
        .isEqualTo(
            BROKEN
                + "received invalid webhook response: webhook returned response.patch but not response.patchType");
    assertThat(refusal(MUTATING, ALLOWED + ",\"patchType\":\"JSONPatch\""))
        .isEqualTo(
            BROKEN
                + "received invalid webhook response: webhook returned response.patchType but not response.patch");
    assertThat(refusal(MUTATING, patch("[{}]").replace("JSONPatch", "Mine")))
        .isEqualTo(BROKEN + "unsupported patch type \"Mine\"");
    assertThat(refusal(MUTATING, patch("{'a':1}")))
        .isEqualTo(
            BROKEN
                + "received undecodable patch in webhook response: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
  }

  @Test
  void aPatchThatDoesNotFitChangesNothing() throws InterruptedException {
    assertThat(refusal(MUTATING, patch("[{'op':'remove','path':'/data/none/deep'}]")))
        .isEqualTo(
            "Internal error occurred: remove operation does not apply: doc is missing path: \"/data/none/deep\": missing value");
    assertThat(refusal(MUTATING, patch("[{'op':'add','path':'/data','value':5}]")))
        .isEqualTo(
            "Internal error occurred: json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string");
    try (HookedApi hooked =
        new HookedApi(
            _ -> patch("[{'op':'replace','path':'/metadata/namespace','value':'kube-system'}]"))) {
      hooked.install(MUTATING, "m", hooked.hook("a", "x", maps(), ""));
      assertThat(hooked.api.map("a", "{}").message())
          .isEqualTo(
              "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  @Test
  void whatAWebhookMakesIsValidatedLikeAnythingElse() throws InterruptedException {
    try (HookedApi hooked =
        new HookedApi(_ -> patch("[{'op':'add','path':'/data/bad key!','value':'x'}]"))) {
      hooked.install(MUTATING, "m", hooked.hook("a", "x", maps(), ""));
      assertThat(hooked.api.map("a", "{}").code()).isEqualTo(422);
    }
  }

  @Test
  void aWebhookHasItsTimeAndNoMore() throws InterruptedException {
    try (HookedApi hooked = new HookedApi()) {
      hooked.install(VALIDATING, "v", hooked.hook("a", "slow", maps(), ",'timeoutSeconds':1"));
      assertThat(hooked.api.map("a", "{}").message())
          .isEqualTo(
              BROKEN
                  + "failed to call webhook: Post \"%s?timeout=1s\": context deadline exceeded"
                      .formatted(hooked.server.url("/slow")));
    }
  }

  @Test
  void aRequestEndsWhenItsOwnTimeIsOver() throws InterruptedException {
    try (HookedApi hooked = new HookedApi()) {
      hooked.install(
          MUTATING,
          "m",
          hooked.hook("a", "slow", maps(), ",'timeoutSeconds':30,'failurePolicy':'Ignore'"));
      FakeExchange late =
          hooked.api.start(
              "POST",
              MAPS + "?timeout=1s",
              "{\"metadata\":{\"name\":\"a\"}}".getBytes(StandardCharsets.UTF_8),
              Map.of("content-type", Api.JSON));
      assertThat(late.status()).isEqualTo(504);
      assertThat(hooked.api.get(MAPS + "/a").code()).isEqualTo(404);
      assertThat(hooked.server.received().getFirst().path()).isEqualTo("/slow?timeout=1s");
    }
  }

  @Test
  void deadWebhooksHoldUpNobodyElse() throws Exception {
    try (HookedApi hooked = new HookedApi();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      hooked.install(VALIDATING, "v", hooked.hook("a", "slow", maps(), ",'timeoutSeconds':30"));
      String large = "x".repeat(100_000);
      List<Future<Api.Answer>> held =
          IntStream.range(0, 20)
              .mapToObj(i ->
                  threads.submit(() ->
                      hooked.api.post(
                          MAPS,
                          "{\"metadata\":{\"name\":\"m%d\"},\"data\":{\"k\":\"%s\"}}"
                              .formatted(i, large))))
              .toList();
      while (hooked.server.received().size() < held.size()) {
        assertThat(held).noneMatch(Future::isDone);
        Thread.onSpinWait();
      }
      Api.Answer other =
          hooked.api.post(
              "/api/v1/namespaces/default/secrets",
              "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"k\":\"%s\"}}".formatted(large));
      assertThat(other.code()).isEqualTo(201);
      hooked.release();
      for (Future<Api.Answer> each : held) {
        assertThat(each.get().code()).isEqualTo(201);
      }
    }
  }

  @Test
  void whoIsLateAgainAndAgainIsAskedNevertheless() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (HookedApi hooked =
            new HookedApi(request -> {
              if (request.request().textOrEmpty("name").equals("good")) {
                return "\"allowed\":false";
              }
              await(over);
              return ALLOWED;
            });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      hooked.install(
          VALIDATING,
          "v",
          hooked.hook("a", "x", maps(), ",'timeoutSeconds':1,'failurePolicy':'Ignore'"));
      List<Future<Api.Answer>> late =
          IntStream.range(0, 10)
              .mapToObj(i -> threads.submit(() -> hooked.api.map("late" + i, "{}")))
              .toList();
      for (Future<Api.Answer> each : late) {
        assertThat(each.get().code()).isEqualTo(201);
      }
      assertThat(hooked.api.map("good", "{}").code()).isEqualTo(400);
      over.countDown();
    }
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aWebhookMayWriteItself() throws InterruptedException {
    Supplier<String>[] writing = newArray();
    try (HookedApi hooked = new HookedApi(_ -> writing[0].get())) {
      writing[0] =
          () -> {
            post(
                hooked.api,
                "/api/v1/namespaces/default/secrets",
                "{\"metadata\":{\"generateName\":\"s-\"}}");
            return ALLOWED;
          };
      hooked.install(VALIDATING, "v", hooked.hook("a", "x", maps(), ""));
      assertThat(hooked.api.map("a", "{}").code()).isEqualTo(201);
      assertThat(hooked.api.get("/api/v1/namespaces/default/secrets").items().size()).isEqualTo(1);
    }
  }

  @Test
  void aWebhookThatAsksForItselfEndsWithItsTime() throws InterruptedException {
    Supplier<String>[] writing = newArray();
    try (HookedApi hooked = new HookedApi(_ -> writing[0].get())) {
      writing[0] =
          () -> {
            post(hooked.api, MAPS, "{\"metadata\":{\"generateName\":\"m-\"}}");
            return ALLOWED;
          };
      hooked.install(VALIDATING, "v", hooked.hook("a", "x", maps(), ",'timeoutSeconds':1"));
      assertThat(hooked.api.map("a", "{}").message()).contains("context deadline exceeded");
      hooked.api.delete(VALIDATING + "/v");
      assertThat(hooked.api.map("a", "{}").code()).isEqualTo(201);
    }
  }

  @SuppressWarnings("unchecked")
  private static Supplier<String>[] newArray() {
    return (Supplier<String>[]) new Supplier<?>[1];
  }

  private static void post(Api api, String path, String body) {
    try {
      api.send("POST", path, body, Map.of("content-type", Api.JSON));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServiceIsFoundByItsEndpoints() throws InterruptedException {
    try (HookedApi hooked = new HookedApi()) {
      Api api = hooked.api;
      String place = "'service':{'namespace':'default','name':'hook','path':'/allow'}";
      hooked.install(VALIDATING, "v", hooked.hookAt("a", place, rule("", "v1", "secrets"), ""));
      String secrets = "/api/v1/namespaces/default/secrets";
      String asked =
          BROKEN
              + "failed to call webhook: Post \"https://hook.default.svc:443/allow?timeout=10s\": ";
      String secret = "{\"metadata\":{\"name\":\"s\"}}";
      assertThat(api.post(secrets, secret).message())
          .isEqualTo(asked + "service \"hook\" not found");
      api.post(
          "/api/v1/namespaces/default/services",
          "{\"metadata\":{\"name\":\"hook\"},\"spec\":{\"ports\":[{\"name\":\"https\",\"port\":443}]}}");

      slice(api, "unready", "\"conditions\":{\"ready\":false}", hooked.server.port());
      assertThat(api.post(secrets, secret).message())
          .isEqualTo(asked + "no endpoints available for service \"hook\"");
      slice(api, "dead", "\"conditions\":{}", 1);
      slice(api, "alive", "\"conditions\":{\"ready\":true}", hooked.server.port());
      for (int i = 0; i < 10; i++) {
        assertThat(api.post(secrets + "?dryRun=All", secret).code()).isEqualTo(201);
      }
      assertThat(hooked.server.received().getFirst().head())
          .contains("Host: hook.default.svc:443\n");
    }
  }

  /// Past the surface, which takes no endpoints on the loopback.
  private static void slice(Api api, String name, String conditions, int port)
      throws InterruptedException {
    api.store(
        "/registry/endpointslices/default/" + name,
        """
        {"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"%s","namespace":"default",
        "labels":{"kubernetes.io/service-name":"hook"}},"addressType":"IPv4",
        "endpoints":[{"addresses":["127.0.0.1"],%s}],"ports":[{"name":"https","port":%d}]}
        """
            .formatted(name, conditions, port)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aServiceWithAnExternalNameIsFoundByIt() throws InterruptedException {
    try (HookedApi hooked = new HookedApi()) {
      hooked.api.post(
          "/api/v1/namespaces/default/services",
          "{\"metadata\":{\"name\":\"hook\"},\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"localhost\"}}");
      String place =
          "'service':{'namespace':'default','name':'hook','port':%d}"
              .formatted(hooked.server.port());
      hooked.install(VALIDATING, "v", hooked.hookAt("a", place, maps(), ""));
      assertThat(hooked.api.map("a", "{}").code()).isEqualTo(201);
    }
  }
}
