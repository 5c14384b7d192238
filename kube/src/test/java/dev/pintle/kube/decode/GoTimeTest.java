package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

final class GoTimeTest {
  private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
  private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";

  @Test
  void aTimeIsReadInAnyZone() {
    OffsetDateTime noon = OffsetDateTime.parse("2020-02-29T12:00:00Z");
    assertThat(GoTime.parse("2020-02-29T12:00:00Z", false)).isEqualTo(noon);
    assertThat(GoTime.parse("2020-02-29T14:30:00+02:30", false)).isEqualTo(noon);
    assertThat(GoTime.parse("2020-02-29T12:00:00.5Z", false)).isEqualTo(noon.withNano(500_000_000));
    assertThat(GoTime.parse("2020-02-29T7:00:00-05:00", false)).isEqualTo(noon);
    assertThat(GoTime.parse("2020-02-29T12:00:00.000001Z", true)).isEqualTo(noon.withNano(1_000));
  }

  @Test
  void thePartThatDoesNotFitIsTold() {
    mismatch("yesterday", false, "yesterday", "2006");
    mismatch("2020", false, "", "-");
    mismatch("2020-1-01T00:00:00Z", false, "1-01T00:00:00Z", "01");
    mismatch("2020-01-01 00:00:00Z", false, " 00:00:00Z", "T");
    mismatch("2020-01-01T00:00Z", false, "Z", ":");
    mismatch("2020-01-01T00:00:00", false, "", "Z07:00");
    mismatch("2020-01-01T00:00:00Z", true, "Z", ".000000");
    mismatch("2020-01-01T00:00:00.1Z", true, ".1Z", ".000000");
    mismatch("2020-01-01T00:00:00.1234567Z", true, "7Z", "Z07:00");
  }

  @Test
  void whatIsOutOfRangeIsTold() {
    told("2020-13-01T00:00:00Z", "month out of range");
    told("2020-02-30T00:00:00Z", "day out of range");
    told("2020-01-01T24:00:00Z", "hour out of range");
    told("2020-01-01T00:60:00Z", "minute out of range");
    told("2020-01-01T00:00:60Z", "second out of range");
    told("2020-01-01T00:00:00Zx", "extra text: \"x\"");
  }

  private static void mismatch(String text, boolean micros, String rest, String part) {
    assertThatThrownBy(() -> GoTime.parse(text, micros))
        .hasMessage(
            "parsing time \"%s\" as \"%s\": cannot parse \"%s\" as \"%s\""
                .formatted(text, micros ? MICROS : SECONDS, rest, part));
  }

  private static void told(String text, String message) {
    assertThatThrownBy(() -> GoTime.parse(text, false))
        .hasMessage("parsing time \"%s\": %s".formatted(text, message));
  }
}
