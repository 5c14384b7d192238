package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class YamlTagsTest {
  private static String read(String yaml) {
    return JsonWriter.text(YamlReader.read(yaml));
  }

  @Test
  void aTagDecidesWhatAScalarIs() {
    assertThat(read("[!!str 12, !!str ~, !!int \"12\", !!bool \"yes\", !!float 1, !!null \"\"]"))
        .isEqualTo("[\"12\",\"~\",12,true,1,null]");
    assertThat(read("!!binary aGk=")).isEqualTo("\"hi\"");
  }

  @Test
  void whatNobodyKnowsIsText() {
    assertThat(read("[!foo 12, ! true, !!foo 1]")).isEqualTo("[\"12\",\"true\",\"1\"]");
  }

  @Test
  void whatIsNotOfItsTagIsRefused() {
    assertThatThrownBy(() -> read("a: !!int x"))
        .hasMessage("yaml: cannot decode !!str `x` as a !!int");
    assertThatThrownBy(() -> read("a: !!int 1e3"))
        .hasMessage("yaml: cannot decode !!float `1e3` as a !!int");
    assertThatThrownBy(() -> read("a: !!binary aGk"))
        .hasMessage("yaml: !!binary value contains invalid base64 data");
  }

  @Test
  void keysThatAreNoneAreShown() {
    assertThatThrownBy(() -> read("? {b: [x, ~], a: 1}\n: 1"))
        .hasMessage(
            "yaml: invalid map key: map[interface {}]interface {}{\"a\":1, \"b\":[]interface {}{\"x\", interface {}(nil)}}");
    assertThatThrownBy(() -> read("~: \"1\""))
        .hasMessage("unsupported map key of type: %!s(<nil>), key: <nil>, value: \"1\"");
  }

  @Test
  void aKeyWithoutAnEndIsWrittenAsInYaml() {
    assertThat(read("{.inf: 1, -.INF: 2, .nan: 3}"))
        .isEqualTo("{\".inf\":1,\"-.inf\":2,\".nan\":3}");
  }
}
