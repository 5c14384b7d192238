package dev.pintle.kube.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Formats beside the plainest reading of their rules.
final class DataKeysTest {
  private static final long SEED = 99;
  private static final int ROUNDS = 20_000;
  private static final String ALPHABET = "aZ0-._/% \u00e4=";

  private static void compare(Predicate<String> format, Predicate<String> twin) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      assertThat(format.test(text.toString()))
          .as("seed %d, '%s'", SEED, text)
          .isEqualTo(twin.test(text.toString()));
    }
  }

  private static boolean all(String text, String characters) {
    return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
  }

  @Test
  void configKeysAreFileNames() {
    compare(
        text -> DataKeys.configKey(text).isEmpty(),
        text ->
            !text.isEmpty() && all(text, "aZ0-._") && !text.equals(".") && !text.startsWith(".."));
  }

  @Test
  void environmentNamesAreAnythingPrintableButAnEqualsSign() {
    compare(
        text -> DataKeys.environmentName(text).isEmpty(),
        text -> !text.isEmpty() && all(text, "aZ0-._/% "));
  }

  @Test
  void labelValuesBeginAndEndWithLettersOrDigits() {
    compare(
        text -> Formats.labelValue(text).isEmpty(),
        text ->
            text.isEmpty()
                || (all(text, "aZ0-._")
                    && all(text.substring(0, 1), "aZ0")
                    && all(text.substring(text.length() - 1), "aZ0")));
  }

  @Test
  void labelsOfHostsAreLowerCase() {
    compare(
        text -> Formats.dns1123Label(text).isEmpty(),
        text ->
            !text.isEmpty() && all(text, "a0-") && !text.startsWith("-") && !text.endsWith("-"));
  }

  @Test
  void subdomainsAreLabelsBetweenDots() {
    compare(
        text -> Formats.dns1123Subdomain(text).isEmpty(),
        text -> {
          for (String label : text.split("\\.", -1)) {
            if (!Formats.dns1123Label(label).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  @Test
  void pathSegmentsStayOnTheirLevel() {
    compare(
        text -> Formats.pathSegment(text).isEmpty(),
        text ->
            !text.equals(".") && !text.equals("..") && !text.contains("/") && !text.contains("%"));
  }

  @Test
  void percentagesAndWholeNumbersAreDigits() {
    assertThat(DataKeys.percent("5%")).isEmpty();
    assertThat(DataKeys.percent("5")).isNotEmpty();
    assertThat(DataKeys.wholeNumber("-12")).isEmpty();
    assertThat(DataKeys.wholeNumber("012"))
        .containsExactly("must be a valid decimal integer in canonical form");
  }

  @Test
  void portNamesTellEverythingThatIsWrong() {
    assertThat(Ports.name("http")).isEmpty();
    assertThat(Ports.name("--1")).hasSize(3);
    assertThat(Ports.number(0)).containsExactly("must be between 1 and 65535, inclusive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a_b", "A9", "ReasonA,ReasonB", "A:B_", "a,,b", "A__"})
  void reasonsOfConditionsAreWords(String text) {
    assertThat(DataKeys.conditionReason(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9a", "_a", "a:", "a,", "a b", "a-b", "é", ","})
  void otherTextsAreNoReasons(String text) {
    assertThat(DataKeys.conditionReason(text)).hasSize(1);
  }
}
