package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrettyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|{}",
        "[]|[]",
        "null|null",
        "{\"a\":{}}|{/  \"a\": {}/}",
        "{\"a\":[]}|{/  \"a\": []/}",
        "[[]]|[/  []/]",
        "{\"a\":[1,{\"b\":\"x\"}],\"c\":null}|{/  \"a\": [/    1,/    {/      \"b\": \"x\"/    }/  ],/  \"c\": null/}"
      })
  void whatIsEmptyStaysOnItsLineAndTheRestIsIndentedByTwo(String json, String lines) {
    String text = new String(Pretty.bytes(JsonReader.read(json)), StandardCharsets.UTF_8);
    assertThat(text).isEqualTo(lines.replace('/', '\n'));
  }
}
