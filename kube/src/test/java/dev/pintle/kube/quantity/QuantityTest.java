package dev.pintle.kube.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {
  private static final long SEED = 20260101;
  private static final int ROUNDS = 5_000;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1000m, 1",
    "0.5, 500m",
    "1.5, 1500m",
    "100m, 100m",
    "1k, 1k",
    "1000, 1k",
    "1000k, 1M",
    "1e3, 1e3",
    "1000e3, 1e6",
    "1024, 1024",
    "1024Ki, 1Mi",
    "1Mi, 1Mi",
    "1.5Gi, 1536Mi",
    "1536Mi, 1536Mi",
    "0.5Ki, 512",
    "100u, 100u",
    "1n, 1n",
    "0.1n, 1n",
    "-1, -1",
    "-1000m, -1",
    "012, 012",
    "1.0, 1",
    "2E, 2E",
    "9.5Ei, 9223372036854775807"
  })
  void amountsAreWrittenInOneForm(String given, String written) {
    assertThat(Quantity.parse(given)).hasToString(written);
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "x", "1x", "1KI", "--1", "1.2.3", "1mm", "1e"})
  void whatIsNoAmountIsRefused(String given) {
    assertThatThrownBy(() -> Quantity.parse(given)).isInstanceOf(QuantitySyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1e999999999",
    "1E999999999",
    "1e2147483647",
    "1e99999999999999999999",
    "0.1e999999999",
    "1234567890123456789012e999999999"
  })
  void amountsOfMoreDigitsThanAnybodyHasAreRefused(String given) {
    assertThatThrownBy(() -> Quantity.parse(given)).isInstanceOf(QuantitySyntaxException.class);
  }

  @Test
  void aMillionDigitsAreReadAtOnce() {
    String nines = "9".repeat(1_000_000);

    assertThatThrownBy(() -> Quantity.parse(nines)).isInstanceOf(QuantitySyntaxException.class);
    assertThat(Quantity.parse(nines + "Ki")).hasToString("9223372036854775807");
    assertThat(Quantity.parse("0." + nines)).hasToString("1");
    assertThat(Quantity.parse("0." + "0".repeat(1_000_000) + "1Ki")).hasToString("1n");
    assertThat(Quantity.parse("1E-999999999")).hasToString("1e-9");
    assertThat(Quantity.parse("0".repeat(1_000_000) + "1.5")).hasToString("1500m");
  }

  @Test
  void equalAmountsAreEqualHoweverWritten() {
    assertThat(Quantity.parse("1"))
        .isEqualTo(Quantity.parse("1000m"))
        .hasSameHashCodeAs(Quantity.parse("1000m"));
    assertThat(Quantity.parse("1Ki")).isEqualByComparingTo(Quantity.parse("1024"));
    assertThat(Quantity.parse("1Ki")).isGreaterThan(Quantity.parse("1k"));
  }

  @Test
  void amountsAddUp() {
    assertThat(Quantity.parse("1Gi").plus(Quantity.parse("512Mi"))).hasToString("1536Mi");
    assertThat(Quantity.parse("1").minus(Quantity.parse("250m"))).hasToString("750m");
    assertThat(Quantity.ZERO.plus(Quantity.parse("1Ki"))).hasToString("1Ki");
  }

  @Test
  void partsOfAUnitCountAsOne() {
    assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
    assertThat(Quantity.parse("100u").roundedTo(3)).hasToString("1m");
    assertThat(Quantity.parse("4Mi").isMultipleOf(Quantity.parse("2Mi"))).isTrue();
    assertThat(Quantity.parse("3Mi").isMultipleOf(Quantity.parse("2Mi"))).isFalse();
  }

  @Test
  void writingAndReadingAgainKeepsEveryAmount() {
    SplittableRandom random = new SplittableRandom(SEED);
    String[] suffixes = {
      "", "m", "u", "n", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e2", "E-3"
    };
    for (int i = 0; i < ROUNDS; i++) {
      long digits = random.nextLong(1_000_000);
      String suffix = suffixes[random.nextInt(suffixes.length)];
      String text = digits + suffix;
      Quantity quantity = Quantity.parse(text);
      assertThat(Quantity.parse(quantity.toString()))
          .as("seed %d, %s", SEED, text)
          .isEqualTo(quantity);
      assertThat(value(quantity.toString()))
          .as("seed %d, %s", SEED, text)
          .isEqualByComparingTo(value(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1024Mi", "1000", "1.0", "0m", "1.5Gi", "1e1", "5000m"})
  void whatIsWrittenInOtherWordsIsHeldOtherwise(String text) {
    assertThat(Quantity.isHeldOtherwise(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"500m", "0500m", "100u", "8192Mi", "8Gi", "1Gi", "+5", "1k", "0"})
  void whatIsWrittenAsItIsKeptIsHeldAlike(String text) {
    assertThat(Quantity.isHeldOtherwise(text)).isFalse();
  }

  /// The dumb twin: digits times the factor of the suffix.
  private static BigDecimal value(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '-')) {
      end++;
    }
    BigDecimal digits = new BigDecimal(text.substring(0, end));
    String suffix = text.substring(end);
    if (suffix.startsWith("e") || suffix.startsWith("E-")) {
      return digits.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }
    int binary = suffix.length() == 2 ? "KMGTPE".indexOf(suffix.charAt(0)) + 1 : 0;
    if (binary > 0) {
      return digits.multiply(new BigDecimal(BigInteger.valueOf(1024).pow(binary)));
    }
    int power = suffix.isEmpty() ? 3 : "num.kMGTPE".indexOf(suffix.charAt(0));
    return digits.scaleByPowerOfTen(3 * (power - 3));
  }
}
