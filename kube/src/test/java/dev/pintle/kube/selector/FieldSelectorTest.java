package dev.pintle.kube.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FieldSelectorTest {

  @Test
  void termsAreComparedFieldByField() throws SelectorSyntaxException {
    FieldSelector selector = FieldSelector.parse("metadata.name=a,status.phase!=Failed");
    assertThat(selector.matches(field -> field.equals("metadata.name") ? "a" : "Running")).isTrue();
    assertThat(selector.matches(field -> field.equals("metadata.name") ? "a" : "Failed")).isFalse();
    assertThat(selector.exactly("metadata.name")).contains("a");
    assertThat(selector.exactly("status.phase")).isEmpty();
  }

  @Test
  void aBackslashTakesTheMeaningFromSigns() throws SelectorSyntaxException {
    assertThat(FieldSelector.parse("a=x\\,y\\=z\\\\").terms())
        .containsExactly(new FieldSelector.Term("a", true, "x,y=z\\"));
  }

  @Test
  void brokenSelectorsAreRefusedInUpstreamsWords() {
    assertThatThrownBy(() -> FieldSelector.parse("bad"))
        .hasMessage("invalid selector: 'bad'; can't understand 'bad'");
    assertThatThrownBy(() -> FieldSelector.parse("a=b=c"))
        .hasMessage("invalid field selector: unescaped character in value: 61");
    assertThatThrownBy(() -> FieldSelector.parse("a=\\n"))
        .hasMessage("invalid field selector: invalid escape sequence: \\n");
  }
}
