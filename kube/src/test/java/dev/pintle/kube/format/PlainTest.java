package dev.pintle.kube.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The quick tests beside the expressions that they stand for, on texts of few characters, so that every edge comes up.
class PlainTest {
  private static final int TEXTS = 200_000;
  private static final String CHARACTERS = "ab9-.A_";
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());

  private static void agree(Predicate<String> quick, String expression) {
    SplittableRandom random = new SplittableRandom(SEED);
    Pattern pattern = Pattern.compile(expression);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(7); length > 0; length--) {
        text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
      assertThat(quick.test(text.toString()))
          .as("\"%s\", -Dpintle.seed=%d", text, SEED)
          .isEqualTo(pattern.matcher(text).matches());
    }
  }

  @Test
  void aPlainLabelIsWhatTheExpressionAccepts() {
    agree(Plain::isLabel, LABEL);
  }

  @Test
  void aPlainSubdomainIsWhatTheExpressionAccepts() {
    agree(Plain::isSubdomain, LABEL + "(\\." + LABEL + ")*");
  }

  @Test
  void aPlainLabelOfALetterIsWhatTheExpressionAccepts() {
    agree(Plain::isLabelOfLetter, "[a-z]([-a-z0-9]*[a-z0-9])?");
  }

  @Test
  void aPlainKeyIsWhatTheExpressionAccepts() {
    agree(Plain::isKey, "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  }
}
