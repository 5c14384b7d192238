package dev.pintle.kube;

import static dev.pintle.kube.Api.DEPLOYMENTS;
import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {
  private static final String DEPLOYMENT =
      "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
          + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]}}}}";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void anUpdateWithoutAVersionReplaces() throws InterruptedException {
    Answer made = api.map("a", "{\"x\":\"y\"}");

    Answer changed = api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"w\"}}");

    assertThat(changed.code()).isEqualTo(200);
    assertThat(changed.metadata().text("uid")).isEqualTo(made.metadata().text("uid"));
    assertThat(changed.metadata().has("labels")).isFalse();
  }

  @Test
  void anUpdateOfAnOldVersionIsAConflict() throws InterruptedException {
    Answer made = api.map("a", "{}");
    api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"w\"}}");

    Answer late =
        api.put(
            MAPS + "/a",
            "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"%s\"}}".formatted(made.version()));

    assertThat(late.code()).isEqualTo(409);
    assertThat(late.message())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to"
                + " the latest version and try again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"data\":{\"k\":\"v\",\"more\":\"\"}",
        "\"data\":{\"k\":\"v\"},\"binaryData\":{\"b\":\"\"}",
        "\"data\":{\"k\":\"\"}",
        "\"data\":{}"
      })
  void whatIsImmutableGainsAndLosesNoEntryNotEvenAnEmptyOne(String changed)
      throws InterruptedException {
    String fixed = "{\"metadata\":{\"name\":\"fixed\"},\"immutable\":true,%s}";
    api.post(MAPS, fixed.formatted("\"data\":{\"k\":\"v\"}"));

    Answer same =
        api.put(MAPS + "/fixed", fixed.formatted("\"data\":{\"k\":\"v\"},\"binaryData\":{}"));
    Answer other = api.put(MAPS + "/fixed", fixed.formatted(changed));

    assertThat(same.code()).isEqualTo(200);
    assertThat(other.code()).isEqualTo(422);
    assertThat(other.message()).contains("field is immutable when `immutable` is set");
  }

  @Test
  void anUpdateThatChangesNothingIsNotWritten() throws InterruptedException {
    Answer made = api.map("a", "{}");

    Answer same = api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");

    assertThat(same.version()).isEqualTo(made.version());
  }

  @Test
  void anotherNameOrUidIsRefused() throws InterruptedException {
    api.map("a", "{}");

    assertThat(api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"b\"}}").message())
        .isEqualTo("the name of the object (b) does not match the name on the URL (a)");
    assertThat(api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"uid\":\"u\"}}").code())
        .isEqualTo(409);
  }

  @Test
  void everyFormOfPatchChangesWhatItNames() throws InterruptedException {
    api.map("a", "{\"x\":\"y\"}");

    api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"m\":\"1\"}}");
    api.patch(MAPS + "/a", Api.STRATEGIC, "{\"metadata\":{\"labels\":{\"s\":\"1\"}}}");
    Answer last =
        api.patch(MAPS + "/a", Api.JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/data/k\"}]");

    assertThat(last.body().objectAt("data").size()).isEqualTo(1);
    assertThat(last.body().objectAt("data").text("m")).isEqualTo("1");
    assertThat(last.metadata().objectAt("labels").size()).isEqualTo(2);
  }

  @Test
  void aPatchThatDoesNotFitIsRefused() throws InterruptedException {
    api.map("a", "{}");

    Answer missing =
        api.patch(MAPS + "/a", Api.JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/data/nope\"}]");
    Answer array = api.patch(MAPS + "/a", Api.MERGE, "[]");

    assertThat(missing.code()).isEqualTo(422);
    assertThat(missing.message())
        .isEqualTo("the server rejected our request due to an error in our request");
    assertThat(array.message())
        .isEqualTo(
            "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
    assertThat(api.patch(MAPS + "/a", Api.JSON, "{}").message())
        .isEqualTo("415: Unsupported Media Type");
  }

  @Test
  void concurrentPatchesAllTakeEffect() throws InterruptedException {
    api.map("a", "{}");
    int threads = 4;
    int each = 25;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      String prefix = "t" + t + "-";
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < each; i++) {
              patchUntilDone(prefix + i);
            }
            done.countDown();
          });
    }
    done.await();

    assertThat(api.get(MAPS + "/a").body().objectAt("data").size()).isEqualTo(threads * each + 1);
  }

  private void patchUntilDone(String key) {
    try {
      while (api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"%s\":\"1\"}}".formatted(key)).code()
          == 409) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void statusIsWrittenOnlyThroughItsSubresource() throws InterruptedException {
    api.post(DEPLOYMENTS, DEPLOYMENT);

    api.patch(DEPLOYMENTS + "/d", Api.MERGE, "{\"status\":{\"replicas\":7}}");
    Answer before = api.get(DEPLOYMENTS + "/d");
    Answer after =
        api.patch(
            DEPLOYMENTS + "/d/status",
            Api.MERGE,
            "{\"status\":{\"replicas\":7},\"spec\":{\"replicas\":9}}");

    assertThat(before.body().objectAt("status").has("replicas")).isFalse();
    assertThat(after.body().objectAt("status").get("replicas")).isEqualTo(Json.of(7));
    assertThat(after.body().objectAt("spec").get("replicas")).isEqualTo(Json.of(1));
  }

  @Test
  void theGenerationCountsChangesOfTheSpec() throws InterruptedException {
    api.post(DEPLOYMENTS, DEPLOYMENT);

    api.patch(DEPLOYMENTS + "/d", Api.MERGE, "{\"metadata\":{\"labels\":{\"z\":\"z\"}}}");
    Answer changed = api.patch(DEPLOYMENTS + "/d", Api.MERGE, "{\"spec\":{\"replicas\":3}}");

    assertThat(changed.metadata().get("generation")).isEqualTo(Json.of(2));
  }

  @Test
  void scaleReadsAndSetsReplicas() throws InterruptedException {
    api.post(DEPLOYMENTS, DEPLOYMENT);

    Answer scaled =
        api.put(
            DEPLOYMENTS + "/d/scale",
            "{\"metadata\":{\"name\":\"d\",\"namespace\":\"default\"},\"spec\":{\"replicas\":4}}");

    assertThat(scaled.body().text("kind")).isEqualTo("Scale");
    assertThat(scaled.body().objectAt("status").text("selector")).isEqualTo("a=b");
    assertThat(api.get(DEPLOYMENTS + "/d").body().objectAt("spec").get("replicas"))
        .isEqualTo(Json.of(4));
  }

  @Test
  void aPatchMakesNothingElseOfAnObject() throws InterruptedException {
    api.map("a", "{}");
    String map = MAPS + "/a";

    for (String change :
        new String[] {"{\"kind\":\"Secret\"}", "{\"apiVersion\":\"v2\"}", "{\"kind\":7}"}) {
      assertThat(api.patch(map, Api.MERGE, change).code()).isEqualTo(422);
    }
    assertThat(
            api.patch(
                    map,
                    Api.JSON_PATCH,
                    "[{\"op\":\"replace\",\"path\":\"/kind\",\"value\":\"Secret\"}]")
                .code())
        .isEqualTo(422);
    assertThat(api.patch(map, Api.MERGE, "{\"metadata\":{\"name\":\"b\"}}").code()).isEqualTo(400);
    assertThat(api.patch(map, Api.MERGE, "{\"kind\":\"ConfigMap\"}").code()).isEqualTo(200);
    assertThat(api.put(map, "{\"kind\":7,\"metadata\":{\"name\":\"a\"}}").code()).isEqualTo(400);
    assertThat(api.get(map).body().text("kind")).isEqualTo("ConfigMap");
  }

  @Test
  void aWatchIsOnlyRead() throws InterruptedException {
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}) {
      assertThat(
              api.send(
                      method,
                      "/api/v1/watch/namespaces/default/configmaps",
                      "{}",
                      java.util.Map.of("content-type", Api.JSON))
                  .code())
          .isEqualTo(405);
    }
  }
}
