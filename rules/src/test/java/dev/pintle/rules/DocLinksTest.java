package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocLinksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Gone]",
        "[#gone]",
        "[A#gone]",
        "[A#kept(int)]",
        "[the text][Gone]",
        "[java.util.Gone]",
        "[List]",
      })
  void aLinkToWhatDoesNotExistIsFound(String link) throws Exception {
    assertThat(found("/// See " + link + ".\nclass A { void kept() {} }"))
        .singleElement()
        .asString()
        .matches(
            "kernel/src/main/java/dev/pintle/kernel/A.java:2: a link to .*, which does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[A]",
        "[#kept]",
        "[A#kept]",
        "[A#kept()]",
        "[the text][A]",
        "[A.Nested]",
        "[Nested#deep]",
        "[java.util.List]",
        "[String#length()]",
        "[#hashCode]",
        "`[Gone]`",
        "a range [0, 1)",
      })
  void aLinkThatLeadsSomewhereAndWhatIsNoLinkAreLeftAlone(String link) throws Exception {
    assertThat(
            found(
                "/// See "
                    + link
                    + ".\nclass A { void kept() {} static class Nested { int deep; } }"))
        .isEmpty();
  }

  @Test
  void everyPlaceOfACommentIsReadAndTestsToo() throws Exception {
    var module =
        Planted.module(folder, "kernel")
            .main("/// [Gone]\n@Deprecated package dev.pintle.kernel;")
            .main(
                """
                package dev.pintle.kernel;
                class A {
                  /// [Gone]
                  int field;
                  /// [Gone]
                  void method() {}
                  /// [Gone]
                  enum E {
                    /// [Gone]
                    ONE
                  }
                }
                """)
            .test("package dev.pintle.kernel;\n/// [Gone]\nclass ATest {}")
            .test("@Deprecated package dev.pintle.kernel;")
            .built();
    assertThat(rule().broken(module)).hasSize(6);
  }

  private List<String> found(String type) throws Exception {
    var module =
        Planted.module(folder, "kernel").main("package dev.pintle.kernel;\n" + type).built();
    return rule().broken(module).map(Finding::toString).toList();
  }

  private static Rule rule() {
    return new AttributedSources(List.of(DocLinks::broken));
  }
}
