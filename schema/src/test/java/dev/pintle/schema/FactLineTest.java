package dev.pintle.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FactLineTest {
  private static final Path FILE = Path.of("some.txt");

  private static List<String> words(String line) {
    return FactLine.read(FILE, List.of(line)).getFirst().words();
  }

  @Test
  void wordsAreParted() {
    assertThat(words("  a   b c")).containsExactly("a", "b", "c");
  }

  @Test
  void quotesHoldBlanksTogetherWhereverTheyStand() {
    assertThat(words("column \"Node Selector\" \"\" \"enum=a b\""))
        .containsExactly("column", "Node Selector", "", "enum=a b");
    assertThat(words("say \"a \\\"b\\\"\"")).containsExactly("say", "a \"b\"");
  }

  @Test
  void commentsAndEmptyLinesAreNoLines() {
    assertThat(FactLine.read(FILE, List.of("# a table", "", "   ", "a # rest"))).hasSize(1);
  }

  @Test
  void whatIsWrongNamesItsPlace() {
    FactLine line = FactLine.read(FILE, List.of("", "", "  nonsense here")).getFirst();
    assertThat(line.indent()).isEqualTo(2);
    assertThat(line.wrong("sense")).hasMessage("some.txt:3: nonsense here (expected: sense)");
  }
}
