package dev.pintle.kube;

import static dev.pintle.kube.ConversionHook.V1;
import static dev.pintle.kube.ConversionHook.V1BETA1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What watchers and the server's own controllers see of custom resources whose versions a webhook converts.
final class ConversionWatchTest {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String OLD = "/apis/" + V1BETA1 + "/namespaces/default/crontabs";
  private static final String NEW = "/apis/" + V1 + "/namespaces/default/crontabs";

  private final ConversionHook hook = new ConversionHook();
  private final Api api = new Api(KubeConfig.DEFAULT.withControllers(ControllerSelection.ALL));

  @BeforeEach
  void define() throws InterruptedException {
    api.settledIn();
    api.post(DEFINITIONS, hook.definition("v1", "[\"v1\"]"));
    api.until(NEW, answer -> answer.code() == 200);
  }

  @AfterEach
  void close() {
    hook.released();
    api.close();
    hook.close();
  }

  private Api.Answer make(String name) throws InterruptedException {
    return make(NEW, name, "");
  }

  private Api.Answer make(String collection, String name, String metadata)
      throws InterruptedException {
    Api.Answer made =
        api.post(
            collection,
            "{\"apiVersion\":\"%s\",\"kind\":\"CronTab\",\"metadata\":{\"name\":\"%s\"%s},\"spec\":{\"host\":\"h\",\"port\":\"80\"}}"
                .formatted(V1, name, metadata));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    return made;
  }

  private String now() throws InterruptedException {
    return api.get(NEW).version();
  }

  private static List<String> told(FakeExchange watch) {
    List<String> told = new ArrayList<>();
    watch
        .text()
        .lines()
        .forEach(line -> {
          JsonObject event = (JsonObject) JsonReader.read(line);
          JsonObject object = event.objectAt("object");
          told.add(
              "%s %s %s"
                  .formatted(
                      event.text("type"),
                      ConversionHook.name(object),
                      object.objectAt("spec").textOrEmpty("hostPort")));
        });
    return told;
  }

  @Test
  void eachEventIsToldInTheVersionThatIsWatchedAndConvertedOnce() throws InterruptedException {
    String version = now();
    List<FakeExchange> watches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      watches.add(api.watch(OLD + "?watch=1&resourceVersion=" + version));
    }
    make("a");
    api.patch(NEW + "/a", Api.MERGE, "{\"spec\":{\"port\":\"81\"}}");
    api.delete(NEW + "/a");
    for (FakeExchange watch : watches) {
      watch.await("DELETED");
      assertThat(told(watch)).containsExactly("ADDED a h:80", "MODIFIED a h:81", "DELETED a h:81");
    }
    // Nobody needs to know what it was before.
    assertThat(hook.asked).hasSize(2);
  }

  @Test
  void whatIsThereAtFirstIsConvertedTogether() throws InterruptedException {
    make("a");
    make("b");
    FakeExchange watch =
        api.watch(
            OLD
                + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
    watch.await("initial-events-end");
    assertThat(told(watch)).containsExactly("ADDED a h:80", "ADDED b h:80", "BOOKMARK  ");
    assertThat(watch.text()).contains("\"kind\":\"CronTab\",\"apiVersion\":\"" + V1BETA1 + "\"");
    assertThat(hook.asked).containsExactly("v1 [a, b] -> v1beta1");
  }

  @Test
  void aWatchWhoseBeginningCannotBeConvertedEndsWithTheReason() throws InterruptedException {
    make("a");
    hook.refuse("we do not like it");
    FakeExchange watch = api.watch(OLD + "?watch=1");
    watch.awaitEnd();
    assertThat(watch.text())
        .startsWith("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"")
        .contains("StorageReadError")
        .contains("failed: we do not like it");
  }

  @Test
  void fieldsOfTheVersionThatIsWatchedSelectItsEvents() throws InterruptedException {
    FakeExchange watch =
        api.watch(OLD + "?watch=1&fieldSelector=spec.hostPort%3Dh:81&resourceVersion=" + now());
    make("a");
    api.patch(NEW + "/a", Api.MERGE, "{\"spec\":{\"port\":\"81\"}}");
    api.patch(NEW + "/a", Api.MERGE, "{\"spec\":{\"port\":\"82\"}}");
    watch.await("DELETED");
    assertThat(told(watch)).containsExactly("ADDED a h:81", "DELETED a h:81");
  }

  @Test
  void aWatchWaitsWhileItsEventsCannotBeConvertedAndMissesNone() throws InterruptedException {
    FakeExchange watch = api.watch(OLD + "?watch=1&resourceVersion=" + now());
    hook.refuse("not now");
    make("a");
    make("b");
    until(() -> hook.asked.size() >= 3);
    assertThat(watch.text()).isEmpty();
    hook.well();
    watch.await("\"name\":\"b\"");
    assertThat(told(watch)).containsExactly("ADDED a h:80", "ADDED b h:80");
  }

  @Test
  void aWatchAsksTheWebhookThatTheDefinitionNamesNow() throws InterruptedException {
    make("before");
    FakeExchange watch = api.watch(OLD + "?watch=1&resourceVersion=" + now());
    String definition = DEFINITIONS + "/crontabs.stable.example.com";
    String path = "{\"spec\":{\"conversion\":{\"webhook\":{\"clientConfig\":{\"url\":\"%s\"}}}}}";
    api.patch(definition, Api.MERGE, path.formatted("https://127.0.0.1:1/nobody"));
    api.until(OLD + "/before", answer -> answer.code() == 500);
    make("a");
    assertThat(api.get(OLD + "/a").code()).isEqualTo(500);
    assertThat(watch.text()).isEmpty();
    api.patch(definition, Api.MERGE, path.formatted(hook.url()));
    watch.await("\"name\":\"a\"");
  }

  @Test
  void aSlowWebhookHoldsUpNobodyElse() throws InterruptedException {
    String version = now();
    FakeExchange slow = api.watch(OLD + "?watch=1&resourceVersion=" + version);
    FakeExchange same = api.watch(NEW + "?watch=1&resourceVersion=" + version);
    FakeExchange other = api.watch(Api.MAPS + "?watch=1&resourceVersion=" + version);
    Semaphore held = hook.held();
    for (int i = 0; i < 100; i++) {
      make("a" + i);
    }
    api.map("m", "{}");
    same.await("\"name\":\"a99\"");
    other.await("\"name\":\"m\"");
    assertThat(api.get(NEW + "/a5").code()).isEqualTo(200);
    assertThat(slow.text()).isEmpty();
    held.release();
    slow.await("\"name\":\"a0\"");
    hook.released();
    slow.await("\"name\":\"a99\"");
    assertThat(told(slow)).hasSize(100);
  }

  @Test
  void manyWhoAskForOneObjectAskTheWebhookOnce() throws InterruptedException {
    make("a");
    Semaphore held = hook.held();
    List<FakeExchange> reads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      reads.add(api.start("GET", OLD + "/a", new byte[0], Map.of()));
    }
    until(() -> hook.asked.size() == 1);
    held.release();
    for (FakeExchange read : reads) {
      assertThat(read.status()).isEqualTo(200);
    }
    assertThat(hook.asked).hasSizeBetween(1, 2);
  }

  @Test
  void largeWritesThatWaitForAWebhookHoldUpNoOtherLargeWrites() throws InterruptedException {
    String large = "x".repeat(40_000);
    hook.held();
    List<FakeExchange> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String body =
          "{\"apiVersion\":\"%s\",\"kind\":\"CronTab\",\"metadata\":{\"name\":\"a%d\"},\"spec\":{\"hostPort\":\"%s:1\"}}"
              .formatted(V1BETA1, i, large);
      waiting.add(
          api.start(
              "POST",
              OLD,
              body.getBytes(StandardCharsets.UTF_8),
              Map.of("content-type", Api.JSON)));
    }
    until(() -> hook.asked.size() == 10);
    Api.Answer other =
        api.post(
            Api.MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"k\":\"%s\"}}".formatted(large));
    assertThat(other.code()).isEqualTo(201);
    hook.released();
    for (FakeExchange each : waiting) {
      assertThat(each.status()).isEqualTo(201);
    }
  }

  @Test
  void aServerThatStopsWaitsForNoWebhook() throws InterruptedException {
    make("a");
    hook.held();
    FakeExchange read = api.start("GET", OLD + "/a", new byte[0], Map.of());
    until(() -> hook.asked.size() == 1);
    api.close();
    assertThat(read.status()).isEqualTo(500);
  }

  @Test
  void aNamespaceGoesWithWhatIsInItAlthoughNobodyConverts() throws InterruptedException {
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"x\"}}");
    make("/apis/" + V1 + "/namespaces/x/crontabs", "a", "");
    hook.code = 503;
    api.delete("/api/v1/namespaces/x");
    api.until("/api/v1/namespaces/x", answer -> answer.code() == 404);
  }

  @Test
  void whatNobodyOwnsAnyMoreGoesAlthoughNobodyConverts() throws InterruptedException {
    Api.Answer owner = api.map("owner", "{}");
    make(
        NEW,
        "a",
        ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"owner\",\"uid\":\"%s\"}]"
            .formatted(owner.metadata().text("uid")));
    hook.code = 503;
    api.delete(Api.MAPS + "/owner");
    api.until(NEW + "/a", answer -> answer.code() == 404);
    assertThat(hook.asked).isEmpty();
  }

  private void until(BooleanSupplier isSo) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("asked %s", hook.asked).isNegative();
      Thread.onSpinWait();
    }
  }
}
