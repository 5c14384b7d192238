package dev.pintle.kube.pattern;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoPatternTest {
  private static UserPatterns.@Nullable Compiled compiled(String pattern) {
    return UserPatterns.of(pattern);
  }

  private static boolean matches(String pattern, String text) {
    return requireNonNull(compiled(pattern), pattern).isIn(text);
  }

  @TestFactory
  Stream<DynamicTest> everyPatternIsJudgedAsGoJudgesIt() throws IOException {
    try (InputStream file = GoPatternTest.class.getResourceAsStream("go-patterns.txt")) {
      String text = new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("# "))
          .map(line -> line.split("\t", 2))
          .map(parts ->
              DynamicTest.dynamicTest(
                  parts[0],
                  () -> {
                    String verdict = GoPattern.problem(parts[0]);
                    assertThat(verdict.isEmpty() ? "ok" : verdict).isEqualTo(parts[1]);
                    assertThat(compiled(parts[0]) != null).isEqualTo(verdict.isEmpty());
                  }));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "^[a-z]+$, abc, true",
    "^[a-z]+$, abC, false",
    "(?i)^[a-z]+$, aBc, true",
    "b, abc, true",
    "^(?P<n>a)(?P<n>b)$, ab, true",
    "^(?<n>a)$, a, true",
    "^\\pL+$, aé, true",
    "^\\p{Letter}+$, aé, true",
    "^\\p{letter}+$, a1, false",
    "^\\P{ASCII}$, é, true",
    "^[\\p{ASCII}é]+$, aéb, true",
    "^[^\\p{Greek}]$, a, true",
    "^\\Qa.b\\E$, a.b, true",
    "^\\Qa.b\\E$, axb, false",
    "^\\Qa-]b\\E+$, a-]bb, true",
    "^a\\z, a, true",
    "^\\x{41}\\x42\\103$, ABC, true",
    "^[]a]+$, ]a, true",
    "^[a-]+$, a-, true",
    "^[[.a.]]+$, .], true",
    "^(?:a?){20}(?:a){20}$, aaaaaaaaaaaaaaaaaaaa, true",
    "a{2, a{2, true"
  })
  void whatMatchesInGoMatchesHere(String pattern, String text, boolean wanted) {
    assertThat(matches(pattern, text)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 2_000, 500_000})
  void groupsInGroupsNestAsDeepAsGoLetsThem(int depth) {
    String pattern = "(".repeat(depth) + "a" + ")".repeat(depth);

    assertThat(GoPattern.problem(pattern).startsWith("expression nests too deeply"))
        .isEqualTo(depth > 1_000);
    assertThat(compiled(pattern) != null).isEqualTo(depth < 1_000);
  }

  @Test
  void whatWouldBeAHugeProgramIsRefused() {
    assertThat(GoPattern.problem("(?:" + "[a-z]".repeat(200) + "){1000}"))
        .startsWith("expression too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "%s"})
  void namesOfClassesDoNotBecomeATextThatFillsTheMemory(String around) {
    String pattern = around.formatted("\\p{Cn}".repeat(200_000));

    assertThat(GoPattern.problem(pattern)).startsWith("expression too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\pL", "\\p{Cn}", "[a]", "[[:alpha:]]", "(?i)[a-z]", "\\x{41}", "()"})
  void whatIsLargeIsRefusedAndWhatIsCommonIsNot(String part) {
    assertThat(GoPattern.problem(part.repeat(3))).isEmpty();
    assertThat(GoPattern.problem(part.repeat(200_000))).startsWith("expression too large");
  }

  @Test
  void aLongAlternationOfPlainWordsIsNoLargePattern() {
    String words = "(" + "kubernetes.io/some-name|".repeat(3_000) + "none)";

    assertThat(GoPattern.problem(words)).isEmpty();
    assertThat(matches("^" + words + "$", "kubernetes.io/some-name")).isTrue();
  }
}
