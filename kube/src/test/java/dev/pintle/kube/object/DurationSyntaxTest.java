package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "+0",
        "-0",
        "1h",
        "1.5h",
        ".5s",
        "5.s",
        "1h15m30.918s",
        "-1ms",
        "1us",
        "1µs",
        "1μs",
        "2562047h47m16.854775807s",
        "-9223372036854775808ns",
        "0.00000000000000000000000000001s"
      })
  void whatGoReadsIsADuration(String text) {
    assertThat(DurationSyntax.complaint(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|time: invalid duration \"\"",
        "-|time: invalid duration \"-\"",
        "3|time: missing unit in duration \"3\"",
        "1h3|time: missing unit in duration \"1h3\"",
        "1hx|time: unknown unit \"hx\" in duration \"1hx\"",
        "1d|time: unknown unit \"d\" in duration \"1d\"",
        "h|time: invalid duration \"h\"",
        ".s|time: invalid duration \".s\"",
        "1 h|time: unknown unit \" h\" in duration \"1 h\"",
        "1é|time: unknown unit \"\\xc3\\xa9\" in duration \"1\\xc3\\xa9\"",
        "9223372036854775808ns|time: invalid duration \"9223372036854775808ns\"",
        "9223372036854775807h|time: invalid duration \"9223372036854775807h\"",
        "99999999999999999999h|time: invalid duration \"99999999999999999999h\""
      })
  void whatGoDoesNotReadIsRefusedInItsWords(String text, String complaint) {
    assertThat(DurationSyntax.complaint(text)).isEqualTo(complaint);
  }
}
