package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.rule.TableFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleReaderTest {
  private static Rules rules(String... lines) {
    return RuleReader.read(TableFile.of("checks.txt", List.of(lines)), Map.of());
  }

  @Test
  void aLineWithAnUnknownWordIsNamed() {
    assertThatThrownBy(() -> rules("# head", "Thing", "  field nice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checks.txt line 3: field nice");
  }

  @Test
  void commasInQuotesSeparateNothing() {
    assertThat(RuleReader.words("required \"a, b\", not negative"))
        .containsExactly("required \"a, b\"", "not negative");
  }

  @Test
  void writingIsCreatingAndUpdating() {
    Rules rules = rules("write A, B.group", "  x required");
    assertThat(rules.find("create A")).isPresent();
    assertThat(rules.find("update B.group")).isPresent();
    assertThat(rules.find("create C")).isEmpty();
  }

  @Test
  void everyRuleInCodeIsUsedByTheTable() {
    assertThat(TableFile.beside(ObjectValidation.class, "validation.txt").lines())
        .containsAll(
            ObjectValidation.namedRules().keySet().stream().map(name -> "  call " + name).toList());
  }
}
