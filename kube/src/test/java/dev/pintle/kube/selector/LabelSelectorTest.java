package dev.pintle.kube.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "front", "size", "12", "empty", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=web|true",
        "app==web|true",
        "app = db|false",
        "app!=db|true",
        "none!=x|true",
        "app in (web,db)|true",
        "app notin (web, db)|false",
        "none notin (a)|true",
        "app|true",
        "!app|false",
        "!none,tier|true",
        "size>11|true",
        "size<12|false",
        "app>1|false",
        "empty=|true",
        "empty in ()|true",
        "app in (,web)|true",
        "in=notin|false",
        "app=web,tier=back|false"
      })
  void everyRequirementMustBeMet(String text, boolean matches) throws SelectorSyntaxException {
    assertThat(LabelSelector.parse(text).matches(LABELS::get)).isEqualTo(matches);
  }

  @Test
  void theEmptySelectorMatchesEverything() throws SelectorSyntaxException {
    assertThat(LabelSelector.parse("").isEverything()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a in (|unable to parse requirement: found '', expected: ',', ')' or identifier",
        "=|found '=', expected: !, identifier, or 'end of string'",
        "a b|unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a,|found '', expected: identifier after ','",
        "a in b|unable to parse requirement: found 'b' expected: '('"
      })
  void brokenSelectorsAreRefusedInUpstreamsWords(String text, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(text)).hasMessage(message);
  }

  @Test
  void valuesMustBeLabelValues() {
    assertThatThrownBy(() -> LabelSelector.parse("a=-b"))
        .hasMessageStartingWith(
            "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be");
  }
}
