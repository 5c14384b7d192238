package dev.pintle.kube.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.Column;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomCellsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String OBJECT =
      """
      {spec: {text: abc, whole: 7, part: 7.9, done: true, then: "2025-12-31T23:00:00Z", east: "2026-01-01T01:00:00+02:00",
              never: "", odd: soon, list: [{b: 1, a: 2}, {b: 3}], map: {z: 1, b: [2]}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "string|.spec.text|\"abc\"",
        "string|.spec.whole|\"7\"",
        "string|.spec.done|\"true\"",
        "string|.spec.none|null",
        "string|.spec.text.deeper|null",
        "string|.spec.map|\"{\\\"b\\\":[2],\\\"z\\\":1}\"",
        "string|.spec.list[0]|\"{\\\"a\\\":2,\\\"b\\\":1}\"",
        "string|.spec.list[*].b|\"1\"",
        "integer|.spec.whole|7",
        "integer|.spec.part|7",
        "integer|.spec.text|null",
        "integer|.spec.none|null",
        "number|.spec.part|7.9",
        "number|.spec.done|null",
        "boolean|.spec.done|true",
        "boolean|.spec.text|null",
        "date|.spec.then|\"60m\"",
        "date|.spec.east|\"60m\"",
        "date|.spec.never|<unknown>",
        "date|.spec.odd|<invalid>",
        "date|.spec.whole|null",
        "date|.spec.none|null"
      })
  void aCellShowsTheFirstValueOfItsType(String type, String path, String shown) {
    Cell cell = CustomCells.of(new Column("c", type, "", "", 0, path));
    JsonObject object = (JsonObject) YamlReader.read(OBJECT);
    String text = JsonWriter.text(cell.of(object, NOW));
    assertThat(text.replace("\"\\u003c", "<").replace("\\u003e\"", ">")).isEqualTo(shown);
  }
}
