package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTimeTest {
  @Test
  void aTimeIsWrittenInUtcToTheSecond() {
    assertThat(GoTime.seconds("2024-01-01T01:30:00.987+02:00")).isEqualTo("2023-12-31T23:30:00Z");
    assertThat(GoTime.seconds("2024-02-29T1:00:00-00:30")).isEqualTo("2024-02-29T01:30:00Z");
  }

  @Test
  void aMicroTimeKeepsSixDigits() {
    assertThat(GoTime.micros("2024-01-01T02:00:00.500000+02:00"))
        .isEqualTo("2024-01-01T00:00:00.500000Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-01-01T00:00:00Z| as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"Z\" as \".000000\"",
        "2024-01-01T00:00:00.1234567Z| as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"7Z\" as \"Z07:00\""
      })
  void aMicroTimeHasToHaveThem(String text, String why) {
    assertThatThrownBy(() -> GoTime.micros(text))
        .hasMessageStartingWith("parsing time \"" + text + "\"")
        .hasMessageEndingWith(why.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x|cannot parse \"x\" as \"2006\"",
        "2024-1-01T00:00:00Z|cannot parse \"1-01T00:00:00Z\" as \"01\"",
        "2024-13-01T00:00:00Z|: month out of range",
        "2023-02-29T00:00:00Z|: day out of range",
        "2024-01-01T24:00:00Z|: hour out of range",
        "2024-01-01T00:60:00Z|: minute out of range",
        "2024-01-01T00:00:60Z|: second out of range",
        "2024|cannot parse \"\" as \"-\"",
        "2024-01-01T00:00Z|cannot parse \"Z\" as \":\"",
        "2024-01-01T00:00:00|cannot parse \"\" as \"Z07:00\"",
        "2024-01-01t00:00:00Z|cannot parse \"t00:00:00Z\" as \"T\"",
        "2024-01-01|cannot parse \"\" as \"T\"",
        "2024-01-01T00:00:00+2|cannot parse \"+2\" as \"Z07:00\"",
        "2024-01-01T00:00:00+25:00|: time zone offset hour out of range",
        "2024-01-01T00:00:00Zx|: extra text: \"x\""
      })
  void whatIsNoTimeIsToldInGosWords(String text, String why) {
    assertThatThrownBy(() -> GoTime.seconds(text)).hasMessageEndingWith(why);
  }
}
