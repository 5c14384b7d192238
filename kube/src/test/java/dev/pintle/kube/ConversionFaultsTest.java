package dev.pintle.kube;

import static dev.pintle.kube.ConversionHook.V1BETA1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What clients are told of webhooks that do not convert, or lie; the words are the real server's.
final class ConversionFaultsTest extends ConversionFixture {
  @Test
  void whatIsNoAnswerIsTold() throws InterruptedException {
    Map<String, Runnable> faults = new LinkedHashMap<>();
    String failed = "conversion webhook for stable.example.com/v1, Kind=CronTab failed: ";
    String returned = "conversion webhook for stable.example.com/v1, Kind=CronTab returned ";
    faults.put(failed + "we do not like it", () -> hook.refuse("we do not like it"));
    faults.put(
        failed + "response.result.status was 'Failed', not 'Success'", () -> hook.refuse(""));
    faults.put(
        failed + "response.result.status was '', not 'Success'",
        response(response -> response.remove("result")));
    faults.put(failed + "no response provided", answer(answer -> answer.remove("response")));
    faults.put(
        failed
            + "no kind \"Other\" is registered for version \"apiextensions.k8s.io/v1\" in scheme \"pkg/runtime/scheme.go:111\"",
        answer(answer -> answer.set("kind", "Other")));
    faults.put(
        failed
            + "converting (v1beta1.ConversionReview) to (v1.ConversionReview): unknown conversion",
        answer(answer -> answer.set("apiVersion", "apiextensions.k8s.io/v1beta1")));
    faults.put(
        returned + "0 objects, expected 1",
        response(response -> response.set("convertedObjects", new JsonArray())));
    assertTold(faults);
  }

  @Test
  void whatTheObjectCannotHaveBecomeIsTold() throws InterruptedException {
    Map<String, Runnable> faults = new LinkedHashMap<>();
    String returned = "conversion webhook for stable.example.com/v1, Kind=CronTab returned ";
    faults.put(
        returned
            + "invalid object at index 0: invalid groupVersion (expected stable.example.com/v1beta1, received stable.example.com/v9)",
        object(object -> object.set("apiVersion", "stable.example.com/v9")));
    faults.put(
        returned + "invalid object at index 0: invalid kind (expected CronTab, received Other)",
        object(object -> object.set("kind", "Other")));
    faults.put(
        returned + "invalid object: must have the same name: a != other",
        metadata(metadata -> metadata.set("name", "other")));
    faults.put(
        returned + "invalid object: must have the same namespace: default != other",
        metadata(metadata -> metadata.set("namespace", "other")));
    faults.put(
        returned + "invalid object: must have the same name: a != ",
        object(object -> object.set("metadata", "x")));
    faults.put(
        returned
            + "invalid metadata: metadata.labels[a] must be a string, but is int64 in converted object",
        metadata(metadata -> metadata.set("labels", new JsonObject().set("a", Json.of(1)))));
    faults.put(
        returned
            + "invalid metadata: invalid metadata.annotations of type []interface {} in converted object",
        metadata(metadata -> metadata.set("annotations", new JsonArray())));
    faults.put(
        returned
            + "invalid metadata: metadata.annotation: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        metadata(metadata -> metadata.set("annotations", new JsonObject().set("a b", "c"))));
    assertTold(faults);
  }

  @Test
  void whatIsNoObjectIsTold() throws InterruptedException {
    Map<String, Runnable> faults = new LinkedHashMap<>();
    faults.put(
        "unexpected end of JSON input",
        response(response -> response.set("convertedObjects", JsonArray.of(Json.NULL))));
    faults.put(
        "json: cannot unmarshal string into Go value of type map[string]interface {}",
        response(response -> response.set("convertedObjects", JsonArray.of(Json.of("x")))));
    faults.put(
        "Object 'Kind' is missing in '{}'",
        response(response -> response.set("convertedObjects", JsonArray.of(new JsonObject()))));
    assertTold(faults);
  }

  private void assertTold(Map<String, Runnable> faults) throws InterruptedException {
    String version = make("a").version();
    for (Map.Entry<String, Runnable> fault : faults.entrySet()) {
      fault.getValue().run();
      Api.Answer refused = api.get(OLD + "/a");
      assertThat(refused.code()).isEqualTo(500);
      assertThat(refused.reason()).isEqualTo("InternalError");
      assertThat(refused.message())
          .isEqualTo(
              "Internal error occurred: StorageError: corrupt object, Code: 7, Key: /stable.example.com/crontabs/default/a, ResourceVersion: 0, AdditionalErrorMsg: object not decodable revision="
                  + version
                  + ": "
                  + fault.getKey());
    }
    hook.well();
    assertThat(api.get(OLD + "/a").code()).isEqualTo(200);
  }

  private Runnable answer(Consumer<JsonObject> change) {
    return () -> hook.spoilAnswer(change);
  }

  private Runnable response(Consumer<JsonObject> change) {
    return answer(answer -> change.accept(answer.objectAt("response")));
  }

  private Runnable object(Consumer<JsonObject> change) {
    return () -> hook.spoilObjects(change);
  }

  private Runnable metadata(Consumer<JsonObject> change) {
    return object(object -> change.accept(object.objectAt("metadata")));
  }

  @Test
  void anAnswerToAnotherReviewIsRefused() throws InterruptedException {
    make("a");
    response(response -> response.set("uid", "other")).run();
    String uid = api.get(OLD + "/a").message().replaceAll(".*response.uid=\"([^\"]*)\".*", "$1");
    assertThat(hook.reviews.getLast().objectAt("request").text("uid")).isEqualTo(uid);
    assertThat(api.get(OLD + "/a").message()).endsWith(", got \"other\"");
  }

  @Test
  void aListTellsOfEveryObjectThatCannotBeShown() throws InterruptedException {
    String first = make("a").version();
    make("b");
    make("c");
    hook.spoilObjects(object -> {
      if (!ConversionHook.name(object).equals("b")) {
        object.set("kind", "Other");
      }
    });

    Api.Answer list = api.get(OLD);

    assertThat(list.code()).isEqualTo(500);
    assertThat(list.reason()).isEqualTo("StorageReadError");
    assertThat(list.message())
        .isEqualTo(
            "failed to read one or more crontabs.stable.example.com from the storage: StorageError: corrupt object, Code: 7, Key: /registry/stable.example.com/crontabs/default/a, ResourceVersion: 0, AdditionalErrorMsg: object not decodable revision=%s: conversion webhook for stable.example.com/v1, Kind=CronTab returned invalid object at index 0: invalid kind (expected CronTab, received Other) (and 1 more)"
                .formatted(first));
    JsonObject details = list.body().objectAt("details");
    assertThat(details.text("name")).isEqualTo("list");
    assertThat(details.objects("causes")).hasSize(2);
    assertThat(details.objects("causes").getLast().text("field")).isEqualTo(KEY + "c");
  }

  @Test
  void aWebhookThatDoesNotAnswerIsAskedOnceForAList() throws InterruptedException {
    make("a");
    make("b");
    hook.code = 503;
    assertThat(api.get(OLD).message())
        .endsWith("failed: the server is currently unable to handle the request (and 1 more)");
    assertThat(hook.asked).hasSize(1);
  }

  @Test
  void aWebhookThatRefusesOneAfterTheOtherIsNotAskedForAll() throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      make("c" + (100 + i));
    }
    hook.refuse("we do not like it");
    Api.Answer list = api.get(OLD);
    assertThat(list.message()).contains("failed: we do not like it").endsWith(" (and 59 more)");
    assertThat(hook.asked).hasSizeLessThan(15);
    hook.well();
    assertThat(api.get(OLD).items()).hasSize(60);
  }

  @Test
  void aWebhookThatRefusesManyIsAskedForAllTheSameWhileItConvertsOthers()
      throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      make("c" + (100 + i));
    }
    hook.alone = true;
    hook.spoil =
        (answer, object) -> {
          int number =
              object.isEmpty() ? 0 : Integer.parseInt(ConversionHook.name(object).substring(1));
          if (number % 2 == 1) {
            object.set("kind", "Other");
          }
        };
    assertThat(api.get(OLD).message()).endsWith(" (and 29 more)");
  }

  @Test
  void whatCannotBeConvertedIsNotWritten() throws InterruptedException {
    make("a");
    JsonObject old = api.get(OLD + "/a").body();
    String before = stored("a");
    hook.refuse("we do not like it");
    String told =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"conversion webhook for stable.example.com/v1beta1, Kind=CronTab failed: we do not like it\",\"code\":500}";
    old.objectAt("spec").set("hostPort", "new:1");
    assertThat(api.put(OLD + "/a", JsonWriter.text(old)).exchange().text())
        .isEqualToIgnoringNewLines(told);
    assertThat(
            api.patch(OLD + "/a", Api.MERGE, "{\"spec\":{\"hostPort\":\"z:2\"}}").exchange().text())
        .isEqualToIgnoringNewLines(told);
    assertThat(stored("a")).isEqualTo(before);
    String made = cron(V1BETA1, "n", "{\"hostPort\":\"x:81\"}");
    assertThat(api.post(OLD, made).exchange().text()).isEqualToIgnoringNewLines(told);
    assertThat(api.post(OLD + "?dryRun=All", made).exchange().text())
        .isEqualToIgnoringNewLines(told);
    assertThat(api.get(NEW + "/n").code()).isEqualTo(404);
  }

  @Test
  void whatCouldNotBeShownIsNotWritten() throws InterruptedException {
    hook.spoil =
        (answer, object) -> {
          if (object.textOrEmpty("apiVersion").equals(V1BETA1)) {
            object.set("kind", "Other");
          }
        };
    Api.Answer made = api.post(OLD, cron(V1BETA1, "n", "{\"hostPort\":\"x:81\"}"));
    assertThat(made.message())
        .isEqualTo(
            "conversion webhook for stable.example.com/v1, Kind=CronTab returned invalid object at index 0: invalid kind (expected CronTab, received Other)");
    assertThat(api.get(NEW + "/n").code()).isEqualTo(404);
  }

  @Test
  void webhooksOfTheFirstVersionAreHeldToLess() throws InterruptedException {
    api.delete(DEFINITION);
    api.until(DEFINITION, answer -> answer.code() == 404);
    api.until(NEW, answer -> answer.code() == 404);
    define("v1", "[\"v7\",\"v1beta1\",\"v1\"]");
    make("a");
    response(response -> response.set("uid", "other")).run();
    assertThat(api.get(OLD + "/a").code()).isEqualTo(200);
    assertThat(hook.reviews.getLast().text("apiVersion")).isEqualTo("apiextensions.k8s.io/v1beta1");
  }

  @Test
  void anObjectThatNobodyConvertsIsDeletedBecauseOfThat() throws InterruptedException {
    String unread = "?ignoreStoreReadErrorWithClusterBreakingPotential=true";
    make("a");
    api.patch(NEW + "/a", Api.MERGE, "{\"metadata\":{\"finalizers\":[\"a/b\"]}}");
    assertThat(api.delete(OLD + "/a" + unread).message())
        .isEqualTo(
            "Operation cannot be fulfilled on crontabs.stable.example.com \"a\": StorageError: invalid object, Code: 4, Key: /registry/stable.example.com/crontabs/default/a, ResourceVersion: 0, AdditionalErrorMsg: unsafe deletion is not allowed because the object is decodable from storage");
    api.patch(NEW + "/a", Api.MERGE, "{\"spec\":{\"port\":\"1\"}}");
    hook.refuse("no");
    String told =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\",\"details\":{\"name\":\"a\",\"kind\":\"CronTab\"},\"code\":200}";
    assertThat(api.delete(OLD + "/a" + unread + "&dryRun=All").exchange().text())
        .isEqualToIgnoringNewLines(told);
    assertThat(api.delete(OLD + "/a" + unread).exchange().text()).isEqualToIgnoringNewLines(told);
    assertThat(api.get(NEW + "/a").code()).isEqualTo(404);
    assertThat(api.delete(OLD + "/a" + unread).code()).isEqualTo(404);
  }

  @Test
  void whoeverMayDeleteMayNotDeleteUnread() throws InterruptedException {
    make("a");
    String rbac = "/apis/rbac.authorization.k8s.io/v1/";
    api.post(
        rbac + "clusterroles",
        "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"stable.example.com\"],\"resources\":[\"crontabs\"],\"verbs\":[\"delete\"]}]}");
    api.post(
        rbac + "clusterrolebindings",
        "{\"metadata\":{\"name\":\"r\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"r\"},\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"u\"}]}");
    hook.refuse("no");
    Map<String, String> user = Map.of("impersonate-user", "u");
    Api.Answer refused =
        api.send(
            "DELETE", OLD + "/a?ignoreStoreReadErrorWithClusterBreakingPotential=true", "", user);
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo(
            "crontabs.stable.example.com \"a\" is forbidden: not permitted to do \"unsafe-delete-ignore-read-errors\", reason: ");
    assertThat(api.send("DELETE", NEW + "/a", "", user).code()).isEqualTo(200);
  }

  @Test
  void anAnswerThatIsTooLongIsNotRead() throws InterruptedException {
    make("a");
    hook.spoilAnswer(answer -> answer.set("long", "x".repeat(17 << 20)));
    Api.Answer refused = api.get(OLD + "/a");
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.message()).contains("conversion webhook for ").hasSizeLessThan(1_000);
    hook.well();
    assertThat(api.get(OLD + "/a").code()).isEqualTo(200);
  }
}
