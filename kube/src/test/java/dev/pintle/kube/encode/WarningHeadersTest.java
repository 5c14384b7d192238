package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.ResponseHeaders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarningHeadersTest {
  private final WarningHeaders warnings = new WarningHeaders();

  private List<String> sent() {
    ResponseHeaders headers = new ResponseHeaders();
    warnings.addTo(headers);
    List<String> values = new ArrayList<>(headers.namesAndValues());
    values.removeIf("warning"::equals);
    return values;
  }

  @Test
  void eachTextIsToldOnceAndQuoted() {
    warnings.accept("a \"b\"");
    warnings.accept("a \"b\"");
    warnings.accept("c\nd");
    assertThat(sent()).containsExactly("299 - \"a \\\"b\\\"\"");
  }

  @Test
  void whatFitsIsToldWhole() {
    warnings.accept("a".repeat(2_048));
    warnings.accept("b".repeat(2_048));
    assertThat(sent()).extracting(String::length).containsExactly(2_056, 2_056);
  }

  @Test
  void whatDoesNotFitIsCutShortAndTheRestIsLost() {
    warnings.accept("a".repeat(4_000));
    for (int i = 10; i < 99; i++) {
      warnings.accept(i + "b".repeat(300));
    }
    // Sixteen of 256 characters.
    assertThat(sent()).hasSize(16).allMatch(text -> text.length() == 256 + 8);
  }

  @Test
  void manyShortOnesAreToldUpToTheFirstThatIsTooMany() {
    for (int i = 100; i < 999; i++) {
      warnings.accept(i + "c".repeat(97));
    }
    assertThat(sent()).hasSize(41);
  }
}
