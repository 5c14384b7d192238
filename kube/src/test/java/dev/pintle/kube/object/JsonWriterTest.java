package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {
  @Test
  void textIsEscapedAsGoDoes() {
    assertThat(JsonWriter.text(Json.of("<a&b>\"\\\n\t\r\b\f\u0001\u2028é\ud83d\ude00/")))
        .isEqualTo(
            "\"\\u003ca\\u0026b\\u003e\\\"\\\\\\n\\t\\r\\b\\f\\u0001\\u2028é\ud83d\ude00/\"");
  }

  @Test
  void aLoneSurrogateBecomesTheReplacementCharacter() {
    assertThat(JsonWriter.text(Json.of("a\ud83d"))).isEqualTo("\"a\ufffd\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5,1.5",
    "1e21,1e+21",
    "1e20,100000000000000000000",
    "1e-7,1e-7",
    "0.000001,0.000001",
    "-2.5e300,-2.5e+300",
    "3,3"
  })
  void doublesAreWrittenAsGoDoes(double number, String text) {
    assertThat(JsonWriter.text(new Json.Decimal(number))).isEqualTo(text);
  }

  @Test
  void aLongTextOfEscapesGrowsTheBuffer() {
    assertThat(JsonWriter.text(Json.of("<".repeat(10_000)))).hasSize(60_002);
  }
}
