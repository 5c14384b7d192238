package dev.pintle.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommentTextTest {
  private static final List<String> COMMENT =
      CommentText.published(
          List.of(
              "One line",
              "and the next.",
              "Another paragraph:",
              "  * a point",
              "  * a second",
              "+optional"));

  @Test
  void directivesAndNotesToDoAreNotPublished() {
    assertThat(CommentText.published(List.of("said", "+optional", "  TODO: more", "---", "unsaid")))
        .containsExactly("said");
  }

  @Test
  void linesAreJoinedAndIndentedOnesStandAlone() {
    assertThat(CommentText.of(COMMENT, ""))
        .isEqualTo("One line and the next. Another paragraph:\n  * a point\n  * a second");
  }

  @Test
  void paragraphsAreWhereTheFlattenedTextHasABlankTooMany() {
    String flattened = "One line and the next.  Another paragraph:   * a point   * a second";
    assertThat(CommentText.of(COMMENT, flattened))
        .isEqualTo("One line and the next.\n\nAnother paragraph:\n  * a point\n  * a second");
  }

  @Test
  void whatTheFlattenedTextHasMoreIsKept() {
    assertThat(CommentText.of(List.of("One line"), "One line and more."))
        .isEqualTo("One line and more.");
  }

  @Test
  void aDifferentTextTellsNothingOfParagraphs() {
    assertThat(CommentText.of(List.of("One.", "Two."), "Quite  another.")).isEqualTo("One. Two.");
  }

  @Test
  void paragraphsMayBeGivenByLine() {
    assertThat(CommentText.of(List.of("One.", "Two."), List.of("1"))).isEqualTo("One.\n\nTwo.");
    assertThat(CommentText.of(List.of("One.", "Two."), List.of("none"))).isEqualTo("One. Two.");
    assertThat(CommentText.of(List.of("One."), List.of("1"))).isEqualTo("One.\n");
  }

  @Test
  void withoutACommentTheFlattenedTextIsAllThereIs() {
    assertThat(CommentText.of(List.of(), "flat  text")).isEqualTo("flat  text");
  }
}
