package dev.pintle.kube.validation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleTableTest {

  @Test
  void aLineWithAnUnknownWordIsNamed() {
    assertThatThrownBy(() -> RuleTable.parse(List.of("# head", "Thing", "  field nice"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3: field nice");
  }

  @Test
  void aRuleThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RuleTable.parse(List.of("Thing", "  call nobody"), Map.of()))
        .hasRootCauseMessage("call nobody (expected: one of [])");
  }

  @Test
  void commasInQuotesSeparateNothing() {
    assertThat(RuleTable.words("required \"a, b\", not negative"))
        .containsExactly("required \"a, b\"", "not negative");
  }

  @Test
  void writingIsCreatingAndUpdating() {
    Rules rules = RuleTable.parse(List.of("write A, B.group", "  x required"), Map.of());
    assertThat(rules.find("create A")).isPresent();
    assertThat(rules.find("update B.group")).isPresent();
    assertThat(rules.find("create C")).isEmpty();
  }

  @Test
  void everyRuleInCodeIsUsedByTheTable() throws IOException {
    try (InputStream stream = ObjectValidation.class.getResourceAsStream("validation.txt")) {
      List<String> table =
          new String(requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertThat(table)
          .containsAll(
              ObjectValidation.namedRules().keySet().stream()
                  .map(name -> "  call " + name)
                  .toList());
    }
  }
}
