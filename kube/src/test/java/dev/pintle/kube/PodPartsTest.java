package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static dev.pintle.kube.Api.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The things that are done to a pod beside the ordinary verbs.
class PodPartsTest {
  private static final String CONTAINERS =
      "\"containers\":[{\"name\":\"c\",\"image\":\"x\",\"resources\":{\"requests\":{\"cpu\":\"1\"}}}]";
  private static final String POD = PODS + "/p";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private Answer bind(String node) throws InterruptedException {
    return api.post(
        POD + "/binding",
        "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"%s\"}}"
            .formatted(node));
  }

  private Answer evict() throws InterruptedException {
    return api.post(POD + "/eviction", "{\"metadata\":{\"name\":\"p\"}}");
  }

  private void running() throws InterruptedException {
    api.patch(
        POD + "/status",
        MERGE,
        "{\"metadata\":{\"labels\":{\"app\":\"p\"}},\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    api.patch(POD, MERGE, "{\"metadata\":{\"labels\":{\"app\":\"p\"}}}");
  }

  private void budget(int allowed) throws InterruptedException {
    api.post(
        BUDGETS,
        "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"p\"}}}}");
    Answer status =
        api.patch(
            BUDGETS + "/b/status",
            MERGE,
            "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":%d,\"currentHealthy\":2,\"desiredHealthy\":1,\"expectedPods\":2}}"
                .formatted(allowed));
    assertThat(status.code()).as(status.message()).isEqualTo(200);
  }

  @Test
  void aPodIsBoundOnce() throws InterruptedException {
    api.pod("p", CONTAINERS);

    assertThat(bind("n1").code()).isEqualTo(201);
    Answer again = bind("n2");

    assertThat(api.get(POD).body().objectAt("spec").text("nodeName")).isEqualTo("n1");
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.message()).contains("pod p is already assigned to node \"n1\"");
  }

  @Test
  void aPodThatWaitsIsEvictedWithoutABudget() throws InterruptedException {
    api.pod("p", CONTAINERS);
    budget(0);

    assertThat(evict().code()).isEqualTo(201);
    assertThat(api.get(POD).code()).isEqualTo(404);
  }

  @Test
  void anEvictionTakesOneFromTheBudgetAndWaitsWhenNoneIsLeft() throws InterruptedException {
    api.pod("p", CONTAINERS + ",\"nodeName\":\"n1\"");
    running();
    budget(0);

    Answer refused = evict();
    budget(1);
    Answer done = evict();

    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.message())
        .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(done.code()).as(done.message()).isEqualTo(201);
    assertThat(api.get(POD).metadata().has("deletionTimestamp")).isTrue();
    JsonObject status = api.get(BUDGETS + "/b").body().objectAt("status");
    assertThat(status.get("disruptionsAllowed")).isEqualTo(Json.of(0));
    assertThat(status.objectAt("disruptedPods").has("p")).isTrue();
  }

  @Test
  void aResizeChangesResourcesAndNothingElse() throws InterruptedException {
    api.pod("p", CONTAINERS);

    Answer resized =
        api.patch(
            POD + "/resize",
            STRATEGIC,
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"y\",\"resources\":{\"requests\":{\"cpu\":\"2\"}}}]}}");

    assertThat(resized.code()).as(resized.message()).isEqualTo(200);
    String spec = JsonWriter.text(resized.body().objectAt("spec"));
    assertThat(spec).contains("\"cpu\":\"2\"", "\"image\":\"x\"");
    assertThat(resized.metadata().has("labels")).isFalse();
    assertThat(resized.metadata().get("generation")).isEqualTo(Json.of(2));
  }

  @Test
  void aContainerForDebuggingIsAddedAndStays() throws InterruptedException {
    api.pod("p", CONTAINERS);
    String path = POD + "/ephemeralcontainers";

    Answer added =
        api.patch(
            path,
            STRATEGIC,
            "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"d\",\"image\":\"x\"}]}}");
    Answer removed = api.patch(path, MERGE, "{\"spec\":{\"ephemeralContainers\":null}}");

    assertThat(added.code()).as(added.message()).isEqualTo(200);
    assertThat(removed.code()).isEqualTo(422);
    assertThat(removed.message())
        .contains("existing ephemeral containers \"d\" may not be removed");
  }
}
