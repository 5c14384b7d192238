package dev.pintle.kube.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
  private static final Json OBJECT =
      JsonReader.read(
          """
          {"spec":{"ports":[{"port":1,"name":"a"},{"port":2,"name":"b"}]},
           "metadata":{"annotations":{"a.b/c":"x"}},
           "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Other","status":"False"}]}}\
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ".spec.ports[0].port|1",
        ".spec.ports[-1].name|b",
        ".spec.ports[*].port|1,2",
        ".spec.ports[7].port|~~",
        ".metadata.annotations['a.b/c']|x",
        ".metadata.annotations.a\\.b/c|x",
        ".status.conditions[?(@.type==\"Ready\")].status|True",
        ".status.conditions[?(@.type!='Ready')].status|False",
        ".none.there|~~"
      })
  void aPathLeadsToItsValues(String path, String expected) {
    assertThat(
            String.join(
                ",", JsonPath.parse(path).find(OBJECT).stream().map(Values::scalar).toList()))
        .isEqualTo(expected);
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertThatThrownBy(() -> JsonPath.parse("spec")).hasMessageContaining("expected: a path");
    assertThatThrownBy(() -> JsonPath.parse(".a[0")).isInstanceOf(IllegalArgumentException.class);
  }
}
