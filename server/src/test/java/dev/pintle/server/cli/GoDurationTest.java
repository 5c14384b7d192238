package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1ns, 1",
    ".5us, 500",
    "1.us, 1000",
    "2\u00b5s, 2000",
    "2\u03bcs, 2000",
    "-1.5h, -5400000000000",
    "+1m1s, 61000000000",
    "9223372036854775807ns, 9223372036854775807",
    "-9223372036854775808ns, -9223372036854775808",
  })
  void whatGoReadsIsRead(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1500, 1.5\u00b5s",
    "999999, 999.999\u00b5s",
    "100000000, 100ms",
    "1000000000, 1s",
    "90500000000, 1m30.5s",
    "300000000000, 5m0s",
    "5400000000000, 1h30m0s",
    "-1500000000, -1.5s",
    "-9223372036854775808, -2562047h47m16.854775808s",
  })
  void timesArePrintedAsGoDoes(long nanos, String text) {
    assertThat(GoDuration.text(Duration.ofNanos(nanos))).isEqualTo(text);
    assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid duration \"\"",
    "-, invalid duration \"-\"",
    "--1s, invalid duration \"--1s\"",
    ".s, invalid duration \".s\"",
    "1s.m, invalid duration \"1s.m\"",
    "3, missing unit in duration \"3\"",
    "1..s, missing unit in duration \"1..s\"",
    "1h 2m, unknown unit \"h \" in duration \"1h 2m\"",
    "9223372036854775808ns, invalid duration \"9223372036854775808ns\"",
    "99999999999999999999, invalid duration \"99999999999999999999\"",
    "2562048h, invalid duration \"2562048h\"",
  })
  void whatGoRefusesIsRefusedInItsWords(String text, String said) {
    assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage("time: " + said);
  }

  @Test
  void aQuoteInIsAQuoteOut() {
    assertThatThrownBy(() -> GoDuration.parse("a\""))
        .hasMessage("time: invalid duration \"a\\\"\"");
  }
}
