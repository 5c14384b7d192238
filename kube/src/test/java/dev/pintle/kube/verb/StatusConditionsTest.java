package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StatusConditionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final String TWO =
      "{status: {conditions: [{type: A, status: \"True\", reason: old, lastTransitionTime: then}, {type: B, status: \"False\"}]}}";

  private static JsonObject object(String yaml) {
    if (YamlReader.read(yaml) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(yaml + " (expected: an object)");
  }

  private static String after(String yaml, String type, String status) {
    JsonObject object = object(yaml);
    StatusConditions.set(object, new JsonObject().set("type", type).set("status", status), NOW);
    return JsonWriter.text(object.objectOrEmpty("status").arrayOrEmpty("conditions"));
  }

  @Test
  void theTimeOfACountedConditionIsThatOfItsStatus() {
    assertThat(after(TWO, "A", "True"))
        .startsWith("[{\"type\":\"A\",\"status\":\"True\",\"lastTransitionTime\":\"then\"}");
    assertThat(after(TWO, "A", "False"))
        .startsWith(
            "[{\"type\":\"A\",\"status\":\"False\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}");
  }

  @Test
  void aConditionWithoutATimeGetsOne() {
    assertThat(after(TWO, "B", "False"))
        .endsWith(
            "{\"type\":\"B\",\"status\":\"False\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]");
  }

  @Test
  void otherConditionsStayAsTheyAre() {
    assertThat(after(TWO, "C", "True"))
        .isEqualTo(
            "[{\"type\":\"A\",\"status\":\"True\",\"reason\":\"old\",\"lastTransitionTime\":\"then\"},"
                + "{\"type\":\"B\",\"status\":\"False\"},"
                + "{\"type\":\"C\",\"status\":\"True\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]");
  }

  @Test
  void whoHasNoStatusGetsOne() {
    assertThat(after("{}", "A", "True")).contains("\"type\":\"A\"");
    assertThat(StatusConditions.find(object("{}"), "A")).isNull();
    assertThat(StatusConditions.find(object("{status: {conditions: [1, {type: B}]}}"), "B"))
        .isNotNull();
  }
}
