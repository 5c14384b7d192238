package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Escapes that only Go's parser knows stand for their characters, in texts in double quotes and nowhere else.
class YamlMendingTest {
  private static final List<String> KEYS =
      List.of("k%d: ", "\"k\\u2028%d\": ", "'k\"%d': ", "? k%d\n: ", "&a%d k: ", "k%d:\n   ");

  private static final List<String> VALUES =
      List.of(
          "plain",
          "it \"\\u2028\" is",
          "\"d\\u2028 # q\"",
          "\"d\\u2028\" # \"",
          "'s \"\\u2028 ''\\u2028\"'",
          "|",
          ">-",
          "|2",
          "|1+ # \"\\u2028",
          "[a, \"b\\u2028\", 'c\"', d \"\\u2028\"]",
          "{x: \"y\\u2028\", \"z\":\"\\u2028\", w: '|'}",
          "# c \"\\u2028",
          "&a \"z\\u2028\"",
          "!!str \"t\\u2028\"",
          "!<tag:yaml.org,2002:str> \"t\\u2028\"",
          "a: \"\\u2028\"",
          "[",
          "]",
          "\"open",
          "\\u2028 close\"",
          "'open \"",
          "close'",
          "",
          "---",
          "a#\"\\u2028\"",
          "-\"\\u2028\"",
          ":\"\\u2028\"");

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
  void theyAreReadHoweverManyThereAre() {
    StringBuilder yaml = new StringBuilder("list: [");
    for (int i = 0; i < 100_000; i++) {
      yaml.append("\"it\\'s\", ");
    }
    yaml.append("last]\ntext: |\n  \"\\'\"\nafter: \"\\'\"\n");
    assertThat(read(yaml.toString()))
        .endsWith(",\"it's\",\"last\"],\"text\":\"\\\"\\\\'\\\"\\n\",\"after\":\"'\"}");
  }

  @Test
  void anotherUnknownEscapeIsToldWhereItIs() {
    assertThatThrownBy(() -> read("a: \"\\'\"\nb: \"\\'\"\nc: \"\\q\"\n"))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage("yaml: line 3: found unknown escape character");
  }

  private static String line(Random random) {
    StringBuilder line = new StringBuilder(" ".repeat(2 * random.nextInt(3)));
    for (int i = random.nextInt(3); i > 1; i--) {
      line.append("- ");
    }
    if (random.nextInt(3) > 0) {
      line.append(pick(random, KEYS).formatted(random.nextInt(1000)));
    }
    return line.append(pick(random, VALUES)).append('\n').toString();
  }

  private static String pick(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Test
  void theyStandForTheirCharactersWhereTheReaderSeesDoubleQuotes() {
    Random random = new Random(7);
    int readable = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder yaml = new StringBuilder();
      for (int lines = 1 + random.nextInt(5); lines > 0; lines--) {
        yaml.append(line(random));
      }
      String known = yaml.toString();
      String expected;
      try {
        expected = read(known);
      } catch (JsonSyntaxException _) {
        continue;
      }
      readable++;
      assertThat(read(known.replace("\\u2028", "\\L")))
          .as(known)
          .isEqualTo(expected.replace("\\\\u2028", "\\\\L"));
    }
    assertThat(readable).isGreaterThan(2_000);
  }
}
