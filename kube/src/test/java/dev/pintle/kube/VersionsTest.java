package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reads that name a revision.
class VersionsTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aReadWaitsForTheRevisionItNames() throws InterruptedException {
    long next = Long.parseLong(api.map("a", "{}").version()) + 1;

    FakeExchange waiting =
        api.start("GET", MAPS + "?resourceVersion=" + next, new byte[0], Map.of());
    long made = Long.parseLong(api.map("b", "{}").version());

    assertThat(waiting.status()).isEqualTo(200);
    waiting.awaitEnd();
    // What the server writes by itself may take the next revision before the map does.
    JsonObject list = (JsonObject) JsonReader.read(waiting.bytes());
    long shown = Long.parseLong(String.valueOf(list.objectAt("metadata").text("resourceVersion")));
    assertThat(shown).isGreaterThanOrEqualTo(next);
    assertThat(waiting.text().contains("\"name\":\"b\"")).isEqualTo(shown >= made);
  }

  @Test
  void aRevisionThatDoesNotComeIsTooLarge() throws InterruptedException {
    api.map("a", "{}");

    Answer late = api.get(MAPS + "/a?resourceVersion=18446744073709551615");

    assertThat(late.code()).isEqualTo(504);
    assertThat(late.reason()).isEqualTo("Timeout");
    assertThat(late.message()).contains("Too large resource version: 18446744073709551615");
    assertThat(late.exchange().answerHeaders("retry-after")).containsExactly("1");
  }
}
