package dev.pintle.kube.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final Json OBJECT =
      JsonReader.read(
          """
          {"spec":{"ports":[{"port":1,"name":"a"},{"port":2,"name":"b"}],"text":"abc","none":null},
           "metadata":{"annotations":{"a.b/c":"x"}},
           "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Other","status":"False"}]}}\
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ".spec.ports[0].port|1",
        ".spec.ports[-1].name|\"b\"",
        ".spec.ports[*].port|1,2",
        ".spec.ports[0:2].port|1,2",
        ".spec.ports[1:].port|2",
        ".spec.ports[:-1].port|1",
        ".spec.ports[::2].port|1",
        ".spec.ports[1:1].port|~~",
        ".spec.ports[1, 0].name|\"b\",\"a\"",
        ".spec['text']|\"abc\"",
        ".spec['text','none']|\"abc\",null",
        ".metadata.annotations['a\\.b/c']|\"x\"",
        ".metadata.annotations.a\\.b/c|\"x\"",
        ".status.conditions[?(@.type==\"Ready\")].status|\"True\"",
        ".status.conditions[?(@.type!='Ready')].status|\"False\"",
        ".spec.ports[?(@.port>1)].name|\"b\"",
        ".spec.ports[?(@.port<=1)].name|\"a\"",
        ".spec.ports[?(@.none)].name|~~",
        ".spec.ports[?(@.name)].port|1,2",
        "..port|1,2",
        ".spec..name|\"a\",\"b\"",
        ".spec.text.*|97,98,99",
        ".spec.text 'literal'|\"literal\"",
        ".spec.text 7|7",
        ".spec.text} tail|\"abc\"",
        ".none.there|~~",
        ".|~~"
      })
  void aPathLeadsToItsValues(String path, String expected) throws JsonPathException {
    assertThat(
            String.join(
                ",", JsonPath.parse(path).find(OBJECT).stream().map(JsonWriter::text).toList()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".a[0",
        ".a[b]",
        ".a[\"b\"]",
        ".a[?(@.b",
        ".a[?(@.b==)]",
        ".a[?(==1)]",
        ".a[?(@.b)",
        "....b",
        ".a,b",
        ".a]",
        ".a[0](b)",
        ".a 'b",
        ".a 1.2.3",
        ".a[0,b]",
        ".a\n",
        ".a{",
        ".a} {(",
        ".a[1:b]",
        ".a[99999999999999999999]",
        ".a '\\q'"
      })
  void whatIsNoPathIsRefused(String path) {
    assertThat(JsonPath.isPath(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".spec.ports[7]",
        ".spec.text[0]",
        ".spec.ports[0:9]",
        ".spec.ports[1:0]",
        ".spec.ports[0:2:0]",
        ".spec[?(@.a)]",
        ".spec.ports[?(@.port=='1')]",
        ".spec.ports[?(@.port>true)]",
        ".spec range"
      })
  void whatDoesNotFitTheObjectFails(String path) throws JsonPathException {
    JsonPath read = JsonPath.parse(path);

    assertThatThrownBy(() -> read.find(OBJECT)).isInstanceOf(JsonPathException.class);
  }

  @Test
  void descentsBehindOneAnotherDoNotGoOnForEver() throws JsonPathException {
    Json deep = JsonReader.read("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000));
    JsonPath path = JsonPath.parse("..a".repeat(20));

    assertThatThrownBy(() -> path.find(deep)).hasMessageContaining("values on the way");
  }

  @Test
  void aUnionOfTheSameItemsManyTimesEnds() throws JsonPathException {
    Json list = JsonReader.read("[" + "1,".repeat(100_000) + "1]");
    JsonPath path = JsonPath.parse("[" + "*,".repeat(100_000) + "*]");

    assertThatThrownBy(() -> path.find(list)).hasMessageContaining("values on the way");
  }

  @Test
  void filtersWithinFiltersEndSomewhere() {
    String path = ".a" + "[?(@".repeat(50_000) + ".b" + ")]".repeat(50_000);

    assertThat(JsonPath.isPath(path)).isFalse();
  }

  @Test
  void aDeepValueIsDescendedInto() throws JsonPathException {
    int depth = JsonReader.DEPTH_MAX - 1;
    Json deep = JsonReader.read("[".repeat(depth) + "{\"a\":1}" + "]".repeat(depth));

    List<Json> found = JsonPath.parse("..a").find(deep);

    assertThat(found).hasSize(1);
  }
}
