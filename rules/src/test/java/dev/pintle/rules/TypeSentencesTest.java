package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeSentencesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What a request asks.",
        "Whether it is well.",
        "Who may do what.",
        "Reads tables.",
        "Makes objects; waits.",
        "Everything below.",
        "@param <T> what it holds",
      })
  void aDocThatDoesNotBeginWithWhatTheTypeIsIsFound(String doc) throws Exception {
    assertThat(found("/// " + doc + "\nclass A<T> {}"))
        .singleElement()
        .asString()
        .matches(
            "kernel/src/main/java/dev/pintle/kernel/A.java:[23]: the doc of A begins with .* \\(expected: what it is, as a noun\\)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The reader of tables.",
        "A request.",
        "Cells of pods.",
        "Runs of keys.",
        "`what` is a word.",
        "[A] by another name.",
      })
  void aDocThatBeginsWithANounIsLeftAlone(String doc) throws Exception {
    assertThat(found("/// " + doc + "\nclass A<T> {}")).isEmpty();
  }

  @Test
  void typesWithinTypesAreLookedAtAndTypesWithoutDocAndMethodsAreNot() throws Exception {
    assertThat(
            found(
                """
                class A {
                  /// Makes one.
                  void make() {}

                  /// Makes many.
                  record Inner() {}
                }
                """))
        .hasSize(1);
  }

  @Test
  void testsMaySayWhatTheyLike() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .test("package dev.pintle.kernel;\n/// What a test asks.\nclass ATest {}")
            .built();
    assertThat(rule().broken(module)).isEmpty();
  }

  private List<String> found(String type) throws Exception {
    var module =
        Planted.module(folder, "kernel").main("package dev.pintle.kernel;\n" + type).built();
    return rule().broken(module).map(Finding::toString).toList();
  }

  private static Rule rule() {
    return new AttributedSources(List.of(TypeSentences::broken));
  }
}
