package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "007, 7",
    "+5, 5",
    "-12, -12",
    "-9223372036854775808, -9223372036854775808"
  })
  void aWholeNumberMayHaveASign(String text, long number) {
    assertThat(GoNumbers.parseInt(text)).isEqualTo(number);
  }

  /// Arabic, wide and Devanagari digits, which Java takes for numbers.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "٣",
        "１２",
        "१",
        "1٣",
        "",
        "+",
        "-",
        "--1",
        " 1",
        "1 ",
        "1_0",
        "0x1",
        "1.0",
        "9223372036854775808"
      })
  void whatGoDoesNotReadIsNoNumber(String text) {
    assertThatThrownBy(() -> GoNumbers.parseInt(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void aNumberWithoutASignHasAllItsBits() {
    assertThat(GoNumbers.parseUint("18446744073709551615")).isEqualTo(-1L);
    for (String text : new String[] {"18446744073709551616", "+1", "-1", "٣", ""}) {
      assertThatThrownBy(() -> GoNumbers.parseUint(text))
          .as(text)
          .isInstanceOf(NumberFormatException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "0.1, 0.1",
    "100, 100",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "-2.5e-7, -2.5e-07"
  })
  void aDoubleIsWrittenAsGoWritesIt(double number, String text) {
    assertThat(GoNumbers.text(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.00001, 0.00001",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "-1e21, -1e+21"
  })
  void inJsonSmallNumbersAreWrittenLonger(double number, String text) {
    assertThat(GoNumbers.json(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "-.5, -0.5",
    "5., 5",
    "+1e-3, 0.001",
    "1_000.5, 1000.5",
    "0x1p4, 16",
    "0X.8P-1, 0.25",
    "inf, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN",
    "1e-400, 0"
  })
  void aBrokenNumberIsReadAsGoReadsIt(String text, Double number) {
    assertThat(GoNumbers.parseFloat(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " 1", "1 ", "1f", "1d", "1e", "e1", ".", "-", "+nan", "1e400", "0x1", "_1", "1__0",
        "1_", "1_.5", "1,5", "--1", "infin", "0x1p", "٣"
      })
  void whatGoReadsAsNoNumberIsNone(String text) {
    assertThatThrownBy(() -> GoNumbers.parseFloat(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "100000, 100000",
    "999999, 999999",
    "1000000, 1e+06",
    "123456789, 1.23456789e+08",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-1.5, -1.5",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "NaN, NaN",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "4.9E-324, 5e-324",
    "9.9E-324, 1e-323",
    "-2.5E-323, -2.5e-323"
  })
  void aNumberIsWrittenAsShortAsGoWritesIt(double number, String text) {
    assertThat(GoNumbers.shortest(number)).isEqualTo(text);
  }
}
