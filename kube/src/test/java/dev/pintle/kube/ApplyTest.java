package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyTest {
  private static final String APPLY = "application/apply-patch+yaml";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void whatIsNotThereIsMade() throws InterruptedException {
    Answer made = apply("alice", "{\"a\":\"1\"}");

    assertThat(made.code()).isEqualTo(201);
    assertThat(made.body().objectAt("data").text("a")).isEqualTo("1");
    assertThat(owned(made)).isEqualTo("alice Apply {\"f:data\":{\"f:a\":{}}}");
  }

  @Test
  void whatIsAppliedAgainIsNotWritten() throws InterruptedException {
    Answer made = apply("alice", "{\"a\":\"1\"}");

    Answer again = apply("alice", "{\"a\":\"1\"}");

    assertThat(again.code()).isEqualTo(200);
    assertThat(again.version()).isEqualTo(made.version());
  }

  @Test
  void whatTheManagerDropsAndNobodyElseOwnsGoes() throws InterruptedException {
    apply("alice", "{\"a\":\"1\",\"b\":\"2\"}");
    apply("bob", "{\"b\":\"2\"}");

    Answer dropped = apply("alice", "{}");

    assertThat(dropped.body().objectAt("data")).isEqualTo(new JsonObject().set("b", "2"));
  }

  @Test
  void whatOthersOwnIsNotTakenFromThem() throws InterruptedException {
    apply("alice", "{\"a\":\"1\"}");

    Answer conflict = apply("bob", "{\"a\":\"2\"}");

    assertThat(conflict.code()).isEqualTo(409);
    assertThat(conflict.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"alice\": .data.a");
  }

  @Test
  void unlessItIsForced() throws InterruptedException {
    apply("alice", "{\"a\":\"1\"}");

    Answer forced = apply("bob&force=true", "{\"a\":\"2\"}");

    assertThat(forced.body().objectAt("data").text("a")).isEqualTo("2");
    assertThat(owned(forced)).isEqualTo("bob Apply {\"f:data\":{\"f:a\":{}}}");
  }

  @Test
  void whoUpdatesTakesWhatItWrites() throws InterruptedException {
    apply("alice", "{\"a\":\"1\",\"b\":\"1\"}");

    Answer patched =
        api.send(
            "PATCH",
            MAPS + "/m",
            "{\"data\":{\"a\":\"2\"}}",
            Map.of("content-type", Api.MERGE, "user-agent", "tool/1.0 (x)"));

    assertThat(owned(patched))
        .isEqualTo("alice Apply {\"f:data\":{\"f:b\":{}}}; tool Update {\"f:data\":{\"f:a\":{}}}");
  }

  @Test
  void anUpdateThatChangesNothingOwnsNothing() throws InterruptedException {
    Answer made = apply("alice", "{\"a\":\"1\"}");

    Answer patched = api.patch(MAPS + "/m", Api.MERGE, "{\"data\":{\"a\":\"1\"}}");

    assertThat(patched.version()).isEqualTo(made.version());
  }

  @Test
  void anEmptyListOfOwnersForgetsThem() throws InterruptedException {
    apply("alice", "{\"a\":\"1\"}");

    Answer forgotten =
        api.patch(
            MAPS + "/m",
            Api.JSON_PATCH,
            "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[]}]");

    assertThat(forgotten.code()).isEqualTo(200);
    assertThat(forgotten.metadata().has("managedFields")).isFalse();
  }

  @Test
  void whoAppliesSaysItsName() throws InterruptedException {
    Answer nameless =
        api.patch(MAPS + "/m", APPLY, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}");

    assertThat(nameless.code()).isEqualTo(422);
    assertThat(nameless.message())
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
  }

  @Test
  void aDryRunMakesNothing() throws InterruptedException {
    Answer dry = apply("alice&dryRun=All", "{\"a\":\"1\"}");

    assertThat(dry.code()).isEqualTo(201);
    assertThat(api.get(MAPS + "/m").code()).isEqualTo(404);
  }

  @Test
  void theBodyMayBeYaml() throws InterruptedException {
    Answer made =
        api.patch(
            MAPS + "/m?fieldManager=alice",
            APPLY,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: m
            data:
              a: "1"
            """);

    assertThat(made.code()).isEqualTo(201);
    assertThat(made.body().objectAt("data").text("a")).isEqualTo("1");
  }

  private Answer apply(String manager, String data) throws InterruptedException {
    return api.patch(
        MAPS + "/m?fieldManager=" + manager,
        APPLY,
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},\"data\":%s}"
            .formatted(data));
  }

  private static String owned(Answer answer) {
    JsonArray entries = answer.metadata().array("managedFields");
    StringBuilder text = new StringBuilder();
    for (Json one : entries == null ? new JsonArray() : entries) {
      JsonObject entry = (JsonObject) one;
      text.append(text.isEmpty() ? "" : "; ")
          .append(entry.text("manager"))
          .append(' ')
          .append(entry.text("operation"))
          .append(' ')
          .append(JsonWriter.text(entry.objectAt("fieldsV1")));
    }
    return text.toString();
  }
}
