package dev.pintle.kube;

import static dev.pintle.kube.ConversionHook.V1;
import static dev.pintle.kube.ConversionHook.V1BETA1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.outbound.HookServer;
import org.junit.jupiter.api.Test;

/// What becomes of custom resources whose versions a webhook converts; the answers are the real server's.
final class ConversionWebhookTest extends ConversionFixture {
  @Test
  void anObjectIsShownInEachVersion() throws InterruptedException {
    make("a");

    Api.Answer shown = api.get(OLD + "/a");

    assertThat(shown.body().text("apiVersion")).isEqualTo(V1BETA1);
    assertThat(shown.body().get("spec"))
        .isEqualTo(JsonReader.read("{\"hostPort\":\"h:80\",\"image\":\"img-v1\"}"));
    assertThat(hook.asked).containsExactly("v1 [a] -> v1beta1");
    assertThat(hook.reviews.getFirst().text("apiVersion")).isEqualTo("apiextensions.k8s.io/v1");
    assertThat(
            JsonWriter.text(
                hook.reviews.getFirst().objectAt("request").objects("objects").getFirst()))
        .contains("\"managedFields\"")
        .doesNotContain("resourceVersion");
  }

  @Test
  void whatIsStoredInTheVersionThatIsAskedForNeedsNoWebhook() throws InterruptedException {
    hook.code = 503;
    make("a");
    assertThat(api.get(NEW + "/a").code()).isEqualTo(200);
    assertThat(api.get(NEW).items()).hasSize(1);
    assertThat(hook.asked).isEmpty();
  }

  @Test
  void anObjectIsStoredInTheStorageVersion() throws InterruptedException {
    Api.Answer made = api.post(OLD, cron(V1BETA1, "b", "{\"hostPort\":\"x:81\",\"gone\":1}"));

    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    assertThat(made.body().get("spec"))
        .isEqualTo(JsonReader.read("{\"hostPort\":\"x:81\",\"image\":\"img-v1beta1\"}"));
    assertThat(stored("b"))
        .contains("\"apiVersion\":\"" + V1 + "\"")
        .contains("\"host\":\"x\"")
        .contains("\"port\":\"81\"")
        .contains("\"image\":\"img-v1beta1\"")
        .doesNotContain("gone");
    assertThat(hook.asked).containsExactly("v1beta1 [b] -> v1", "v1 [b] -> v1beta1");
    // What was answered is what is shown.
    assertThat(api.get(OLD + "/b").body()).isEqualTo(made.body());
    assertThat(hook.asked).hasSize(2);
  }

  @Test
  void updatesPatchesAndAppliesAreMadeInTheVersionThatIsNamed() throws InterruptedException {
    make("a");
    JsonObject old = api.get(OLD + "/a").body();
    old.objectAt("spec").set("hostPort", "y:1");
    assertThat(spec(api.put(OLD + "/a", JsonWriter.text(old)).body()))
        .contains("\"hostPort\":\"y:1\"");
    assertThat(stored("a")).contains("\"host\":\"y\"");

    Api.Answer patched = api.patch(OLD + "/a", Api.MERGE, "{\"spec\":{\"hostPort\":\"z:2\"}}");
    assertThat(spec(patched.body())).contains("\"hostPort\":\"z:2\"");

    Api.Answer applied =
        api.patch(
            NEW + "/a?fieldManager=m&force=true",
            "application/apply-patch+yaml",
            cron(V1, "a", "{\"host\":\"q\"}"));
    assertThat(applied.body().get("spec"))
        .isEqualTo(JsonReader.read("{\"host\":\"q\",\"image\":\"img-v1\",\"port\":\"2\"}"));
    assertThat(spec(api.get(OLD + "/a").body())).contains("\"hostPort\":\"q:2\"");
  }

  @Test
  void whoeverOwnsAFieldInOneVersionOwnsWhatBecomesOfItInAnother() throws InterruptedException {
    String apply = "application/apply-patch+yaml";
    api.patch(OLD + "/a?fieldManager=old", apply, cron(V1BETA1, "a", "{\"hostPort\":\"a:1\"}"));

    Api.Answer conflict =
        api.patch(NEW + "/a?fieldManager=new", apply, cron(V1, "a", "{\"host\":\"b\"}"));

    assertThat(conflict.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"old\": .spec.hostPort");
  }

  @Test
  void ownersStayAsTheyWereWhileNobodyConverts() throws InterruptedException {
    api.post(OLD, cron(V1BETA1, "a", "{\"hostPort\":\"a:1\"}"));
    JsonObject now = api.get(NEW + "/a").body();
    Json owners = now.objectAt("metadata").get("managedFields");
    hook.refuse("we do not like it");
    now.objectAt("spec").set("host", "other");

    Api.Answer put = api.put(NEW + "/a", JsonWriter.text(now));

    assertThat(put.code()).as(put.exchange().text()).isEqualTo(200);
    assertThat(put.metadata().get("managedFields")).isEqualTo(owners);
    Api.Answer applied =
        api.patch(
            NEW + "/a?fieldManager=m&force=true",
            "application/apply-patch+yaml",
            cron(V1, "a", "{\"host\":\"q\"}"));
    assertThat(applied.exchange().text())
        .isEqualToIgnoringNewLines(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"conversion webhook for stable.example.com/v1, Kind=CronTab failed: we do not like it\",\"code\":500}");
  }

  @Test
  void theStatusAndTheScaleOfEachVersionAreWritten() throws InterruptedException {
    make("a");
    api.patch(OLD + "/a/status", Api.MERGE, "{\"status\":{\"note\":\"hi\",\"replicas\":2}}");
    Api.Answer scaled = api.patch(OLD + "/a/scale", Api.MERGE, "{\"spec\":{\"replicas\":5}}");
    assertThat(scaled.body().objectAt("spec").wholeOrZero("replicas")).isEqualTo(5);
    assertThat(scaled.body().objectAt("status").wholeOrZero("replicas")).isEqualTo(2);
    assertThat(api.get(OLD + "/a/scale").body()).isEqualTo(scaled.body());
    assertThat(stored("a")).contains("\"replicas\":5").contains("\"note\":\"hi\"");
  }

  @Test
  void aListAsksForAllOfItAtOnce() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      make("c" + i);
    }
    api.post(OLD, cron(V1BETA1, "d", "{\"hostPort\":\"d:1\"}"));
    hook.asked.clear();

    Api.Answer list = api.get(OLD);

    assertThat(list.items()).hasSize(6);
    assertThat(hook.asked).containsExactly("v1 [c0, c1, c2, c3, c4] -> v1beta1");
    assertThat(list.body().text("kind")).isEqualTo("CronTabList");
    assertThat(list.exchange().text())
        .contains("\"hostPort\":\"h:80\"")
        .doesNotContain("\"host\":");
    assertThat(api.get(OLD + "?limit=2").items()).hasSize(2);
    assertThat(hook.asked).hasSize(1);
  }

  @Test
  void aWebhookThatKnowsOneObjectAtATimeIsAskedForEachAlone() throws InterruptedException {
    make("a");
    make("b");
    hook.alone = true;
    assertThat(api.get(OLD).items()).hasSize(2);
    assertThat(hook.asked)
        .containsExactly("v1 [a, b] -> v1beta1", "v1 [a] -> v1beta1", "v1 [b] -> v1beta1");
  }

  @Test
  void aLongListIsConvertedPieceByPiece() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      make("c" + (1_000 + i));
    }
    assertThat(api.get(OLD).items()).hasSize(600);
    assertThat(hook.asked).hasSizeBetween(3, 6);
  }

  @Test
  void objectsAreSelectedByTheFieldsOfEachVersion() throws InterruptedException {
    make("a");
    api.post(OLD, cron(V1BETA1, "b", "{\"hostPort\":\"x:81\"}"));
    assertThat(api.get(OLD + "?fieldSelector=spec.hostPort%3Dh:80").items()).hasSize(1);
    assertThat(api.get(NEW + "?fieldSelector=spec.host%3Dx").items()).hasSize(1);
    assertThat(api.get(NEW + "?fieldSelector=spec.hostPort%3Dx").code()).isEqualTo(400);
  }

  @Test
  void tablesAndMetadataAreOfTheVersionThatIsAskedFor() throws InterruptedException {
    make("a");
    hook.spoilObjects(
        object -> object.objectAt("metadata").set("labels", new JsonObject().set("by", "hook")));
    String table = api.get(OLD, "application/json;as=Table;v=v1;g=meta.k8s.io").exchange().text();
    assertThat(table).contains("\"cells\":[\"a\",\"h:80\"]");
    String metadata =
        api.get(OLD + "/a", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")
            .exchange()
            .text();
    assertThat(metadata).contains("\"labels\":{\"by\":\"hook\"}");
  }

  @Test
  void ofMetadataLabelsAndAnnotationsAloneMayChange() throws InterruptedException {
    make("a");
    hook.spoilObjects(object -> {
      JsonObject metadata = object.objectAt("metadata");
      metadata.set("labels", new JsonObject().set("l", "1"));
      metadata.set("annotations", new JsonObject().set("a", "1"));
      metadata.set("generation", Json.of(99)).set("resourceVersion", "7").set("foo", "bar");
      metadata.set("finalizers", JsonArray.of(Json.of("a/b")));
      metadata.remove("creationTimestamp");
    });
    JsonObject before = api.get(NEW + "/a").body().objectAt("metadata");

    JsonObject shown = api.get(OLD + "/a").body().objectAt("metadata");

    assertThat(shown.remove("labels")).isEqualTo(new JsonObject().set("l", "1"));
    assertThat(shown.remove("annotations")).isEqualTo(new JsonObject().set("a", "1"));
    assertThat(shown).isEqualTo(before);
  }

  @Test
  void anObjectIsDeletedInEachVersion() throws InterruptedException {
    make("a");
    assertThat(api.delete(OLD + "/a").code()).isEqualTo(200);
    assertThat(api.get(NEW + "/a").code()).isEqualTo(404);
    make("b");
    hook.refuse("no");
    assertThat(api.delete(OLD + "/b").code()).isEqualTo(500);
    assertThat(api.delete(NEW + "/b").code()).isEqualTo(200);
  }

  @Test
  void aDefinitionGoesWithoutItsWebhook() throws InterruptedException {
    make("a");
    hook.code = 503;
    assertThat(api.delete(DEFINITION).code()).isEqualTo(200);
    api.until(DEFINITION, answer -> answer.code() == 404);
    assertThat(hook.asked).isEmpty();
  }

  @Test
  void aWriteThatChangesNothingBringsAnObjectIntoANewStorageVersion() throws InterruptedException {
    Api.Answer made = make("a");
    store("v1beta1");
    assertThat(api.get(DEFINITION).body().objectAt("status").texts("storedVersions"))
        .containsExactly("v1", "v1beta1");
    assertThat(stored("a")).contains("\"apiVersion\":\"" + V1 + "\"");

    JsonObject same = api.get(NEW + "/a").body();
    Api.Answer put = api.put(NEW + "/a", JsonWriter.text(same));

    assertThat(put.code()).as(put.exchange().text()).isEqualTo(200);
    assertThat(put.version()).isNotEqualTo(made.version());
    assertThat(stored("a"))
        .contains("\"apiVersion\":\"" + V1BETA1 + "\"")
        .contains("\"hostPort\":\"h:80\"");
    assertThat(put.metadata().wholeOrZero("generation")).isEqualTo(1);
    assertThat(api.put(NEW + "/a", JsonWriter.text(put.body())).version()).isEqualTo(put.version());
  }

  @Test
  void whatAVersionDoesNotKnowIsLostOnTheWay() throws InterruptedException {
    make("a");
    hook.spoilObjects(object -> object.objectAt("spec").set("surplus", "x"));
    assertThat(spec(api.get(OLD + "/a").body())).doesNotContain("surplus");
    assertThat(api.post(OLD, cron(V1BETA1, "b", "{\"hostPort\":\"x:81\"}")).code()).isEqualTo(201);
    assertThat(stored("b")).doesNotContain("surplus");
  }

  @Test
  void aWebhookIsAskedAsUpstreamAsksIt() throws InterruptedException {
    make("a");
    api.get(OLD + "/a");
    HookServer.Received asked = hook.received().getFirst();
    assertThat(asked.path()).isEqualTo("/convert?timeout=30s");
    assertThat(asked.review().text("kind")).isEqualTo("ConversionReview");
    assertThat(asked.request().text("desiredAPIVersion")).isEqualTo(V1BETA1);
    assertThat(asked.request().textOrEmpty("uid")).hasSize(36);
    assertThat(asked.review().get("response"))
        .isEqualTo(
            JsonReader.read(
                "{\"uid\":\"\",\"convertedObjects\":null,\"result\":{\"metadata\":{}}}"));
  }

  @Test
  void objectsOfAVersionThatIsServedNoMoreAreShown() throws InterruptedException {
    make("a");
    store("v1beta1");
    change(one -> one.set("served", Json.of(one.textOrEmpty("name").equals("v1beta1"))));
    api.until(NEW, answer -> answer.code() == 404);
    assertThat(spec(api.get(OLD + "/a").body())).contains("\"hostPort\":\"h:80\"");
    assertThat(api.get(OLD).items()).hasSize(1);
    assertThat(api.delete(OLD + "/a").code()).isEqualTo(200);
  }

  @Test
  void figuresTellHowConversionsEnded() throws InterruptedException {
    make("a");
    api.get(OLD + "/a");
    hook.refuse("no");
    make("b");
    api.get(OLD + "/b");
    String metrics = api.get("/metrics").exchange().text();
    assertThat(metrics)
        .contains(
            "apiserver_conversion_webhook_request_total{failure_type=\"\",result=\"success\"} 1\n")
        .contains(
            "apiserver_conversion_webhook_request_total{failure_type=\"conversion_webhook_malformed_response_failure\",result=\"failure\"} 1\n")
        .contains(
            "apiserver_crd_conversion_webhook_duration_seconds_count{crd_name=\"crontabs.stable.example.com\",from_version=\"v1\",succeeded=\"true\",to_version=\"v1beta1\"} 1\n");
  }
}
