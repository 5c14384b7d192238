package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes|true",
        "on|true",
        "y|true",
        "No|false",
        "~|null",
        "0777|511",
        "0o17|15",
        "0x1f|31",
        "0899|899",
        "1e3|1000",
        "1e400|\"1e400\"",
        "+5|5",
        "-0b1|-1",
        "1_000|1000",
        "5.|5",
        "0.5|0.5",
        "0a5|\"0a5\"",
        "0e5|0",
        "9223372036854775808|9223372036854776000",
        "18446744073709551615|18446744073709552000",
        "18446744073709551616|18446744073709552000",
        "0xffffffffffffffffff|\"0xffffffffffffffffff\"",
        "0b11|3",
        "1_000|1000",
        "1e3|1000",
        "1.5|1.5",
        "2001-12-14|\"2001-12-14\"",
        "'yes'|\"yes\"",
        "abc|\"abc\"",
        "089|89",
        "-5|-5",
        "100m|\"100m\""
      })
  void scalarsHaveTheMeaningOfYaml11(String yaml, String json) {
    assertThat(JsonWriter.text(YamlReader.read(yaml))).isEqualTo(json);
  }

  @Test
  void aManifestIsRead() {
    String yaml =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: |\n    x\n    y\nl:\n- 1\n- a: 2\n";

    assertThat(JsonWriter.text(YamlReader.read(yaml)))
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},"
                + "\"data\":{\"k\":\"x\\ny\\n\"},\"l\":[1,{\"a\":2}]}");
  }

  @Test
  void whatIsWrittenIsReadTheSame() {
    Json value =
        JsonReader.read(
            "{\"b\":\"yes\",\"a\":[{\"x\":\"1\",\"z\":null}],\"c\":\"l1\\nl2\\n\",\"d\":{},\"e\":\": #\",\"f\":[]}");

    String yaml = YamlWriter.text(value);

    assertThat(YamlReader.read(yaml)).isEqualTo(value);
    assertThat(yaml).startsWith("a:\n- x: \"1\"\n  z: null\nb: \"yes\"\n");
  }

  @Test
  void aRepeatedKeyIsReportedWithItsLine() {
    List<String> duplicates = new ArrayList<>();

    YamlReader.read("a: 1\nb: 2\na: 3\n", duplicates::add);

    assertThat(duplicates).containsExactly("line 3: key \"a\" already set in map");
  }

  @Test
  void aRepeatedKeyIsReportedWithTheLineThatItsValueBeginsOn() {
    List<String> duplicates = new ArrayList<>();

    YamlReader.read("a: 1\na:\n\n  b: 2\n", duplicates::add);

    assertThat(duplicates).containsExactly("line 4: key \"a\" already set in map");
  }

  @ParameterizedTest
  @CsvSource({
    "\"x\\/y\", found unknown escape character",
    "\"x\\.y\", found unknown escape character",
    "\"\\uDC00\", found invalid Unicode character escape code",
    "\"\\xZZ\", did not find expected hexdecimal number"
  })
  void whatGoCannotEscapeIsRefused(String written, String problem) {
    assertThatThrownBy(() -> YamlReader.read("a: " + written))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage("yaml: " + problem);
    assertThatThrownBy(() -> YamlReader.read("b: 1\n" + written + ": 2\n"))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage("yaml: line 2: " + problem);
  }

  @Test
  void whatOnlyLooksLikeSuchAnEscapeIsRead() {
    assertThat(YamlReader.read("\"x\\\\/y\"")).isEqualTo(Json.of("x\\/y"));
    assertThat(YamlReader.read("'x\\/y'")).isEqualTo(Json.of("x\\/y"));
    assertThat(YamlReader.read("\"\\U0001F600\"")).isEqualTo(Json.of("\uD83D\uDE00"));
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i))
          .append(("*a" + (i - 1) + ",").repeat(9))
          .append("*a")
          .append(i - 1)
          .append("]\n");
    }

    assertThatThrownBy(() -> YamlReader.read(bomb.toString()))
        .isInstanceOf(JsonSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: *b|yaml: unknown anchor 'b' referenced",
        "a: &b [*b]|yaml: anchor 'b' value contains itself",
        "{[a]: b}|yaml: invalid map key: []interface {}{\"a\"}",
        "18446744073709551615: a|unsupported map key of type: uint64, key: 0xffffffffffffffff, value: \"a\"",
        "~: a|unsupported map key of type: %!s(<nil>), key: <nil>, value: \"a\"",
        "<<: a|yaml: map merge requires map or sequence of maps as the value",
        "a: .inf|json: unsupported value: +Inf"
      })
  void whatIsNoValueIsRefusedInGosWords(String yaml, String complaint) {
    assertThatThrownBy(() -> YamlReader.read(yaml))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage(complaint);
  }

  @Test
  void aFaultOfTheSyntaxIsToldBeforeAValueThatIsNone() {
    assertThatThrownBy(() -> YamlReader.read("a: .inf\nb: [\n"))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageStartingWith("yaml: line ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- *a\n", "- {*a : 1}\n"})
  void aTextThatAliasesRepeatIsRefusedOnceItIsMuch(String use) {
    String first = "- &a " + "x".repeat(100_000) + "\n";

    assertThat(YamlReader.read(first + use.repeat(100))).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> YamlReader.read(first + use.repeat(200)))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage("yaml: document contains excessive aliasing");
  }

  @Test
  void aliasesAreCopiesOfWhatTheyName() {
    Json read = YamlReader.read("a: &a {x: [1]}\nb: *a\n&k c: *k\nd: &a 2\ne: *a\n");

    assertThat(JsonWriter.text(read))
        .isEqualTo("{\"a\":{\"x\":[1]},\"b\":{\"x\":[1]},\"c\":\"c\",\"d\":2,\"e\":2}");
    assertThat(((JsonObject) read).get("a")).isNotSameAs(((JsonObject) read).get("b"));
  }

  @Test
  void aDocumentWithNothingInItIsNull() {
    assertThat(YamlReader.read("")).isEqualTo(Json.NULL);
    assertThat(YamlReader.read("# nothing\n")).isEqualTo(Json.NULL);
    assertThat(YamlReader.read("---\n")).isEqualTo(Json.NULL);
  }

  @Test
  void mergeKeysBringWhatIsNotSet() {
    assertThat(JsonWriter.text(YamlReader.read("b: &b {x: 1, z: 2}\nc:\n  x: 3\n  <<: *b\n")))
        .isEqualTo("{\"b\":{\"x\":1,\"z\":2},\"c\":{\"x\":3,\"z\":2}}");
  }

  @Test
  void whatIsTooDeepIsRefusedWithoutGoingThere() {
    String deep = "a: " + "[".repeat(100_000);
    assertThatThrownBy(() -> YamlReader.read(deep))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("exceeded max depth");
  }

  /// A thread has a mebibyte where nobody says otherwise.
  @Test
  void theDeepestDocumentThatIsReadFitsOnTheStackOfAnyThread() throws InterruptedException {
    int depth = YamlReader.DEPTH_MAX - 1;
    String deep = "{a: ".repeat(depth) + "b" + "}".repeat(depth);
    AtomicReference<Object> outcome = new AtomicReference<>("nothing");
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                outcome.set(YamlReader.read(deep));
              } catch (StackOverflowError tooDeep) {
                outcome.set(tooDeep);
              }
            },
            "small",
            1 << 20);
    small.start();
    small.join();

    assertThat(outcome.get()).isInstanceOf(JsonObject.class);
  }
}
