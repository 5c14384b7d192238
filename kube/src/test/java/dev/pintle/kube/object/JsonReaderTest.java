package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void whatIsReadIsWrittenTheSame() {
    String text =
        "{\"a\":1,\"b\":[true,false,null,\"x\"],\"c\":{\"d\":1.5,\"e\":-9223372036854775808}}";

    assertThat(JsonWriter.text(JsonReader.read(text))).isEqualTo(text);
  }

  @Test
  void aRepeatedNameIsReportedWithItsPathAndTheLastWins() {
    List<String> duplicates = new ArrayList<>();
    byte[] body =
        "{\"a\":1,\"a\":2,\"s\":{\"c\":[{\"i\":1},{\"i\":1,\"i\":3}]}}"
            .getBytes(StandardCharsets.UTF_8);

    Json read = JsonReader.read(body, (path, _, _) -> duplicates.add(path));

    assertThat(duplicates).containsExactly("a", "s.c[1].i");
    assertThat(JsonWriter.text(read)).isEqualTo("{\"a\":2,\"s\":{\"c\":[{\"i\":1},{\"i\":3}]}}");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000})
  void namesThatTheParserCannotRememberAreReadAllTheSame(int count) {
    String text = ParserCollisions.document(count);

    assertThat(JsonWriter.text(JsonReader.read(text))).isEqualTo(text);
  }

  @Test
  void whatOneDocumentIsMadeOfStandsInTheWayOfNoOther() {
    for (int i = 0; i < 20; i++) {
      JsonReader.read(ParserCollisions.document(1_000));
      StringBuilder many = new StringBuilder("{\"a\":1");
      for (int name = 0; name < 5_000; name++) {
        many.append(",\"name-").append(i).append('-').append(name).append("\":1");
      }
      String text = many.append('}').toString();
      assertThat(JsonWriter.text(JsonReader.read(text))).isEqualTo(text);
    }
  }

  @Test
  void aRepeatedNameIsReportedOnceThoughTheDocumentIsReadTwice() {
    List<String> duplicates = new ArrayList<>();
    byte[] broken =
        "{\"a\":1,\"a\":2,\"b\":\"?\",\"c\":1,\"c\":2}".getBytes(StandardCharsets.UTF_8);
    broken[new String(broken, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;

    JsonReader.read(broken, (path, _, _) -> duplicates.add(path));

    assertThat(duplicates).containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource({"255", "237 160 128", "192 128", "244 144 128 128", "195"})
  void brokenTextIsReadAlikeInShortAndInLongDocuments(String bytes) {
    List<String> read = new ArrayList<>();
    for (int padding : new int[] {0, 100_000}) {
      ByteArrayOutputStream document = new ByteArrayOutputStream();
      document.writeBytes("{\"a\":\"x".getBytes(StandardCharsets.UTF_8));
      for (String one : bytes.split(" ", -1)) {
        document.write(Integer.parseInt(one));
      }
      document.writeBytes(("y\"}" + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8));
      read.add(JsonWriter.text(JsonReader.read(document.toByteArray())));
    }

    assertThat(read.get(1)).isEqualTo(read.get(0));
  }

  @Test
  void whatIsTooDeepIsRefusedAndWhatComesAfterIsRead() {
    String deep = "[".repeat(JsonReader.DEPTH_MAX + 1) + "]".repeat(JsonReader.DEPTH_MAX + 1);

    assertThatThrownBy(() -> JsonReader.read(deep)).hasMessage("exceeded max depth");
    assertThat(JsonWriter.text(JsonReader.read("[1]"))).isEqualTo("[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|unexpected end of JSON input",
        "``|unexpected end of JSON input",
        "{\"a\":}|invalid character '}' looking for beginning of value",
        "{\"a\":1,}|invalid character '}' looking for beginning of object key string",
        "{\"a\" 1}|invalid character '1' after object key",
        "{\"a\":1 \"b\":2}|invalid character '\"' after object key:value pair",
        "[1 2]|invalid character '2' after array element",
        "{} x|invalid character 'x' after top-level value",
        "nulx|invalid character 'x' in literal null (expecting 'l')",
        "{\"a\":\"\\q\"}|invalid character 'q' in string escape code",
        "{\"a\":-x}|invalid character 'x' in numeric literal",
        "{\"a\":01}|invalid character '1' after object key:value pair",
        "{'a':1}|invalid character '\\'' looking for beginning of object key string"
      })
  void brokenSyntaxIsRefusedInGosWords(String text, String complaint) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage(complaint);
  }

  @Test
  void nestingBeyondTheLimitIsRefused() {
    String deep = "[".repeat(JsonReader.DEPTH_MAX + 1) + "]".repeat(JsonReader.DEPTH_MAX + 1);

    assertThatThrownBy(() -> JsonReader.read(deep)).hasMessage("exceeded max depth");
    assertThat(JsonReader.read(deep.substring(1, deep.length() - 1))).isInstanceOf(JsonArray.class);
  }

  @Test
  void nestingBeyondAnyStackIsRefusedInTheSameWords() {
    for (int depth : new int[] {9_999, 100_000}) {
      String arrays = "[".repeat(depth) + "]".repeat(depth);
      String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

      assertThatThrownBy(() -> JsonReader.read(arrays)).hasMessage("exceeded max depth");
      assertThatThrownBy(() -> JsonReader.read(objects)).hasMessage("exceeded max depth");
    }
  }

  @Test
  void whatIsBrokenIsToldAsGoTellsIt() {
    Map<String, String> complaints =
        Map.of(
            "{\"a\":1,}", "invalid character '}' looking for beginning of object key string",
            "{\"a\" 1}", "invalid character '1' after object key",
            "{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair",
            "[1,]", "invalid character ']' looking for beginning of value",
            "[1 2]", "invalid character '2' after array element",
            "{\"a\":[{\"b\":[]}", "unexpected end of JSON input",
            "[{}]]", "invalid character ']' after top-level value",
            "[tru]", "invalid character ']' in literal true (expecting 'e')");
    complaints.forEach((text, complaint) ->
        assertThatThrownBy(() -> JsonReader.read(text)).as(text).hasMessage(complaint));
  }

  @Test
  void brokenUtf8BecomesTheReplacementCharacter() {
    byte[] body = {'"', 'a', (byte) 0xff, 'b', '"'};

    assertThat(JsonReader.read(body)).isEqualTo(Json.of("a\ufffdb"));
  }

  @Test
  void numbersBeyondSixtyFourBitsAreDoubles() {
    assertThat(JsonReader.read("9223372036854775808")).isEqualTo(new Json.Decimal(0x1p63));
  }

  @Test
  void numbersOfAnyLengthAreRead() {
    assertThat(JsonReader.read("1" + "0".repeat(300)).toString()).contains("1.0E300");
    assertThat(JsonReader.read("0." + "3".repeat(1_000_000))).isEqualTo(new Json.Decimal(1.0 / 3));
    assertThatThrownBy(() -> JsonReader.read("[1" + "0".repeat(400) + "]"))
        .isInstanceOf(JsonRangeException.class)
        .hasMessageStartingWith("json: cannot unmarshal number 10000");
  }

  @Test
  void fieldsThatAreTakenAwayLeaveTheOthersInOrder() {
    JsonObject object = new JsonObject();
    for (int i = 0; i < 100; i++) {
      object.set("f" + i, Json.of(i));
    }
    object.removeIf((_, value) ->
        !value.equals(Json.of(7)) && value instanceof Json.Whole(long n) && n % 3 != 0);
    object.removeLater("f9");
    object.set("f9", "again").set("", "empty");
    object.remove("f7");

    assertThat(object.nameAt(0)).isEqualTo("f0");
    assertThat(object.nameAt(object.size() - 2)).isEqualTo("f9");
    assertThat(object.text("")).isEqualTo("empty");
    assertThat(object.has("f7")).isFalse();
    assertThat(object.get("f99")).isEqualTo(Json.of(99));
    assertThat(object.size()).isEqualTo(35);
  }
}
