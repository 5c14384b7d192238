package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON;
import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Masters acting as somebody else.
final class ImpersonationTest {
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private Answer as(Map<String, String> headers) throws InterruptedException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", JSON);
    return api.send("POST", WHO, "{}", all);
  }

  private JsonObject user(Map<String, String> headers) throws InterruptedException {
    return as(headers).body().objectAt("status").objectAt("userInfo");
  }

  private static String text(@Nullable Json json) {
    return json == null ? "" : JsonWriter.text(json);
  }

  @Test
  void aUserComesWithTheGroupsAndFactsThatAreNamed() throws InterruptedException {
    JsonObject user =
        user(
            Map.of(
                "impersonate-user", "bob",
                "impersonate-group", "devs",
                "impersonate-uid", "u1",
                "impersonate-extra-acme%2ecom", "bar"));

    assertThat(user.text("username")).isEqualTo("bob");
    assertThat(user.text("uid")).isEqualTo("u1");
    assertThat(text(user.array("groups"))).isEqualTo("[\"devs\",\"system:authenticated\"]");
    assertThat(text(user.object("extra"))).isEqualTo("{\"acme.com\":[\"bar\"]}");
  }

  @Test
  void anAccountComesWithItsGroups() throws InterruptedException {
    assertThat(text(user(Map.of("impersonate-user", "system:serviceaccount:a:b")).array("groups")))
        .isEqualTo(
            "[\"system:serviceaccounts\",\"system:serviceaccounts:a\",\"system:authenticated\"]");
  }

  @Test
  void whoActsAsSomebodyMayDoWhatTheyMay() throws InterruptedException {
    Answer refused = api.send("GET", MAPS, "", Map.of("impersonate-user", "bob"));

    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).contains("User \"bob\" cannot list resource \"configmaps\"");
  }

  @Test
  void factsWithoutAUserAreRefused() throws InterruptedException {
    Answer refused = api.send("GET", MAPS, "", Map.of("impersonate-group", "devs"));

    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message()).endsWith("without impersonating a user name");
  }

  @Test
  void whoMayNotActAsOthersIsToldSo() throws InterruptedException {
    FakeExchange exchange =
        new FakeExchange("GET", MAPS, new byte[0], Map.of("impersonate-user", "bob"));
    api.handle(exchange);

    assertThat(exchange.status()).isEqualTo(403);
    assertThat(exchange.text())
        .contains("\\\"system:anonymous\\\" cannot impersonate-on:user-info:list resource");
  }
}
