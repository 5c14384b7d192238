package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Escapes that only Go's parser knows stand for their characters, in texts in double quotes and nowhere else.
class YamlMendingTest {
  private static String read(String yaml) {
    return JsonWriter.text(YamlReader.read(yaml));
  }

  @Test
  void theyStandForTheirCharacters() {
    assertThat(read("a: \"x\\'y\"")).isEqualTo("{\"a\":\"x'y\"}");
    assertThat(read("a: \"x\\Ly\\Pz\"")).isEqualTo("{\"a\":\"x\\u2028y\\u2029z\"}");
    assertThat(read("a: \"\\\\'\\'\"")).isEqualTo("{\"a\":\"\\\\''\"}");
  }

  @Test
  void nothingElseIsTouched() {
    assertThat(read("a: \"\\'\"\nb: '\\L'\nc: d \"\\'\" # \"\\'\n# \"\ne: f\\'\ng: |\n  \"\\'\"\n"))
        .isEqualTo(
            "{\"a\":\"'\",\"b\":\"\\\\L\",\"c\":\"d \\\"\\\\'\\\"\",\"e\":\"f\\\\'\",\"g\":\"\\\"\\\\'\\\"\\n\"}");
  }

  @Test
  void manyOfThemAreReadWhereItIsSureThatTheyStandInQuotes() {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      yaml.append("k").append(i).append(": \"it\\'s\"\n");
    }
    assertThat(read(yaml.toString())).contains("\"k99\":\"it's\"");
  }

  @Test
  void whereItIsNotSureOnlySoManyAreRead() {
    assertThatThrownBy(
            () -> read("[\"\\'\", \"\\'\", \"\\'\", \"\\'\", \"\\'\", \"\\'\", \"\\'\"]"))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("found unknown escape character");
  }
}
