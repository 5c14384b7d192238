package dev.pintle.kube.pattern;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitMatcherTest {
  private static final List<String> PARTS =
      List.of(
          "a",
          "b",
          ".",
          "[ab]",
          "[^a]",
          "[^\\n]",
          "\\d",
          "\\w",
          "\\S",
          "[a-c\\d]",
          "\\.",
          "\\x{e9}",
          "é",
          "😀",
          "(?:)",
          "{",
          "[\\-\\]]",
          "[^\\W]");
  private static final List<String> REPEATS =
      List.of("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0}", "{2,}", "*?", "{0,2}");
  private static final String LETTERS = "aabbcé1\n.-]{😀 ";

  @RepeatedTest(20)
  void itFindsWhatTheMatcherOfAllPatternsFinds() {
    long seed = System.nanoTime();
    Random chance = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String expression = expression(chance, 3);
      BitMatcher bits = requireNonNull(BitMatcher.of(GoPattern.read(expression).matcherText()));
      Pattern pattern = Pattern.compile(GoPattern.read(expression).matcherText());
      for (int j = 0; j < 20; j++) {
        String text = text(chance);
        assertThat(bits.isIn(text))
            .as("seed %d: %s in %s", seed, expression, text)
            .isEqualTo(pattern.matcher(text).find());
      }
    }
  }

  private static String expression(Random chance, int branches) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i <= chance.nextInt(branches); i++) {
      whole.append(i == 0 ? "" : "|");
      whole.append(List.of("", "^", "\\A").get(chance.nextInt(3)));
      whole.append(sequence(chance, 3));
      whole.append(List.of("", "$", "\\z").get(chance.nextInt(3)));
    }
    return whole.toString();
  }

  private static String sequence(Random chance, int depth) {
    StringBuilder sequence = new StringBuilder();
    for (int i = chance.nextInt(4); i > 0; i--) {
      if (depth > 0 && chance.nextInt(3) == 0) {
        sequence.append(chance.nextBoolean() ? "(" : "(?:").append(sequence(chance, depth - 1));
        sequence.append('|').append(sequence(chance, depth - 1)).append(')');
      } else {
        sequence.append(PARTS.get(chance.nextInt(PARTS.size())));
      }
      sequence.append(REPEATS.get(chance.nextInt(REPEATS.size())));
    }
    return sequence.toString();
  }

  private static String text(Random chance) {
    StringBuilder text = new StringBuilder();
    for (int i = chance.nextInt(12); i > 0; i--) {
      text.appendCodePoint(
          LETTERS.codePointAt(
              LETTERS.offsetByCodePoints(
                  0, chance.nextInt(LETTERS.codePointCount(0, LETTERS.length())))));
    }
    return text.toString();
  }

  @Test
  void manyPlacesTakeManyWords() {
    BitMatcher bits = requireNonNull(BitMatcher.of("^(a?){200}a{200}$"));

    assertThat(bits.isIn("a".repeat(199))).isFalse();
    assertThat(bits.isIn("a".repeat(200))).isTrue();
    assertThat(bits.isIn("a".repeat(400))).isTrue();
    assertThat(bits.isIn("a".repeat(401))).isFalse();
    assertThat(bits.isIn("a".repeat(300) + "b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)a",
        "\\pL",
        "[[:alpha:]]",
        "a\\bb",
        "(^a)",
        "(a$)",
        "a^",
        "$a",
        "(a{1000}){2}"
      })
  void whatIsNotKnownIsLeftToTheMatcherOfAllPatterns(String expression) {
    assertThat(BitMatcher.of(expression)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\Q(((\\E", "{", "a{"})
  void whatStandsForItselfDoesSoHoweverLongItIs(String part) {
    String expression = part.repeat(100);
    String text = expression.replace("\\Q", "").replace("\\E", "");
    UserPatterns.Compiled compiled = requireNonNull(UserPatterns.of(expression));

    assertThat(compiled.isIn(text)).isTrue();
    assertThat(compiled.pattern().matcher(text).find()).isTrue();
    assertThat(compiled.isIn(text.substring(1))).isFalse();
  }
}
