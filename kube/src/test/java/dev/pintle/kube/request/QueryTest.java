package dev.pintle.kube.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
  @ParameterizedTest
  @CsvSource({
    "a=b, b",
    "a=b&a=c, b",
    "x=y&a=b=c, b=c",
    "a=b+c, b c",
    "a=b%2Bc, b+c",
    "%61=b, b",
    "a=%C3%A9, é",
    "&&a=b&, b",
    "a=%zz&a=c, c",
    "a=b;c&a=d, d",
    "a=%4&a=e, e"
  })
  void theFirstValueThatCanBeReadCounts(String text, String value) {
    assertThat(Query.parse(text).first("a")).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "A=b", "a%", "a;b", "%zz=a", "b=a", " a=b"})
  void whatIsNotNamedIsNotThere(String text) {
    Query query = Query.parse(text);

    assertThat(query.has("a")).isFalse();
    assertThat(query.first("a")).isEmpty();
    assertThat(query.text("a")).isEmpty();
    assertThat(query.all("a")).isEmpty();
  }

  @Test
  void aNameWithoutAValueIsThereAndEmpty() {
    assertThat(Query.parse("a").first("a")).hasValue("");
    assertThat(Query.parse("a=").has("a")).isTrue();
    assertThat(Query.parse("=a").all("")).containsExactly("a");
  }

  @Test
  void allValuesStandInTheirOrder() {
    assertThat(Query.parse("a=2&b=x&a=1&a=2").all("a")).containsExactly("2", "1", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "b=1, false",
    "a=false, false",
    "a=False, false",
    "a=FALSE, false",
    "a=0, false",
    "a=0&a=1, false",
    "a, true",
    "a=, true",
    "a=no, true",
    "a=f, true",
    "a=00, true",
    "a=1&a=0, true"
  })
  void onlyAFewWordsAreFalse(String text, boolean meant) {
    assertThat(Query.parse(text).flag("a")).isEqualTo(meant);
  }

  @Test
  void manyPairsAreReadOnce() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("a=").append(i).append('&');
    }

    assertThat(Query.parse(text.toString()).all("a")).hasSize(100_000);
  }

  @ParameterizedTest
  @CsvSource({
    "a%20b, a b",
    "a+b, a+b",
    "a%2, a%2",
    "%zz, %zz",
    "%C3%A9, é",
    "%25 41, % 41",
    "%2541, %41"
  })
  void ofATextThatIsNoQueryWhatIsNoEscapeStays(String text, String decoded) {
    assertThat(Query.percentDecoded(text)).isEqualTo(decoded);
  }
}
