package dev.pintle.kube.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleTableTest {
  private static RuleTable<String> table(String... lines) {
    return RuleTable.read(
        TableFile.of("rules.txt", List.of(lines)), RuleTable::names, RuleTableTest::rule);
  }

  private static String rule(String line) {
    if (RuleTable.isCall(line)) {
      return RuleTable.called(line, Map.of("known", "in code"));
    }
    if (line.equals("bad")) {
      throw new IllegalArgumentException("on purpose");
    }
    return line;
  }

  @Test
  void rulesBelongToEveryNameOfTheHeadingAboveThem() {
    RuleTable<String> table = table("# rules", "A,  B", "  one", "", "  two", "C", "  three");
    assertThat(table.of("A")).containsExactly("one", "two");
    assertThat(table.of("B")).containsExactly("one", "two");
    assertThat(table.of("C")).containsExactly("three");
    assertThat(table.of("D")).isEmpty();
  }

  @Test
  void headingsThatComeTwiceAreContinued() {
    assertThat(table("A", "  one", "B", "  two", "A", "  three").of("A"))
        .containsExactly("one", "three");
  }

  @Test
  void aHeadingWithoutRulesIsStillThere() {
    assertThat(table("A").has("A")).isTrue();
    assertThat(table("A").has("B")).isFalse();
  }

  @Test
  void aLineThatCannotBeReadIsToldWithItsNumber() {
    assertThatThrownBy(() -> table("# head", "A", "", "  bad"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rules.txt line 4: bad")
        .hasRootCauseMessage("on purpose");
  }

  @Test
  void whatIsReadLaterIsReadOnce() {
    List<String> read = new ArrayList<>();
    RuleTable<String> table =
        RuleTable.readLater(
            TableFile.of("rules.txt", List.of("A", "  one", "B", "  bad", "A", "  two")),
            RuleTable::names,
            line -> {
              read.add(line);
              return rule(line);
            });
    assertThat(table.headings()).containsExactlyInAnyOrder("A", "B");
    assertThat(read).isEmpty();
    assertThat(table.of("A")).containsExactly("one", "two");
    assertThat(table.of("A")).isSameAs(table.of("A"));
    assertThat(read).containsExactly("one", "two");
    assertThatThrownBy(() -> table.of("B")).hasMessage("rules.txt line 4: bad");
  }

  @Test
  void aCallOfNobodyIsToldWithThoseThereAre() {
    assertThat(table("A", "  call known").of("A")).containsExactly("in code");
    assertThatThrownBy(() -> table("A", "  call nobody"))
        .hasRootCauseMessage("call nobody (expected: one of [known])");
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> TableFile.beside(RuleTable.class, "gone.txt"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("gone.txt: missing");
  }
}
