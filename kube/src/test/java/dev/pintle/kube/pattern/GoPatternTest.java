package dev.pintle.kube.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoPatternTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "^[a-z]+$", "(a|b)*c?", "[]a]", "\\d{2,3}", "(?i)x", "a{2}b+?"})
  void whatGoReadsIsLetThrough(String pattern) {
    assertThat(GoPattern.problem(pattern)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "[a, missing closing ]: `[a`",
    "(a, missing closing ): `(a`",
    "a), unexpected ): `a)`",
    "*a, missing argument to repetition operator: `*`",
    "(?!a), invalid or unsupported Perl syntax: `(?!`",
    "a**, invalid nested repetition operator: `**`"
  })
  void whatItRefusesIsToldInItsWords(String pattern, String problem) {
    assertThat(GoPattern.problem(pattern)).isEqualTo(problem);
  }
}
