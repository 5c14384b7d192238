package dev.pintle.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DefinitionConditionsTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.999Z");
  private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");

  private final JsonObject object = new JsonObject();

  private JsonObject condition(int position) {
    return object.objectAt("status").objects("conditions").get(position);
  }

  private void set(String type, boolean holds, String reason, Instant now) {
    DefinitionConditions.set(object, type, holds, reason, "m", now);
  }

  @Test
  void aConditionIsMadeWhereNoneWas() {
    set("A", true, "R", FIRST);

    assertThat(JsonWriter.text(condition(0)))
        .isEqualTo(
            "{\"type\":\"A\",\"status\":\"True\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\",\"reason\":\"R\",\"message\":\"m\"}");
  }

  @Test
  void theTimeStaysWhileTheStatusDoes() {
    set("A", true, "R", FIRST);
    set("A", true, "Other", LATER);

    assertThat(condition(0).text("reason")).isEqualTo("Other");
    assertThat(condition(0).text("lastTransitionTime")).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void theTimeMovesWithTheStatus() {
    set("A", true, "R", FIRST);
    set("A", false, "R", LATER);

    assertThat(condition(0).text("status")).isEqualTo("False");
    assertThat(condition(0).text("lastTransitionTime")).isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void conditionsKeepTheirPlaces() {
    set("A", true, "R", FIRST);
    set("B", true, "R", FIRST);
    set("A", false, "R", LATER);

    assertThat(condition(0).text("type")).isEqualTo("A");
    assertThat(condition(1).text("type")).isEqualTo("B");
    assertThat(object.objectAt("status").objects("conditions")).hasSize(2);
  }

  @Test
  void aConditionThatSaysTheSameIsNotWrittenAnew() {
    set("A", true, "R", FIRST);
    JsonObject before = object.copy();
    set("A", true, "R", LATER);

    assertThat(object).isEqualTo(before);
  }

  @Test
  void aConditionWithoutATimeIsGivenOne() {
    object.set(
        "status", JsonReader.read("{\"conditions\":[{\"type\":\"A\",\"status\":\"True\"}]}"));
    set("A", true, "R", LATER);

    assertThat(condition(0).text("lastTransitionTime")).isEqualTo("2026-01-02T00:00:00Z");
  }
}
