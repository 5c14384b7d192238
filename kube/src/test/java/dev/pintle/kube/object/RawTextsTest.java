package dev.pintle.kube.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawTextsTest {
  private static Json kept(String json) {
    Json read = JsonReader.read(json);
    RawTexts.keep(read, json.getBytes(UTF_8));
    return read;
  }

  @Test
  void anObjectIsWrittenAsItWasReadWithoutItsSpaces() {
    String json = "[ { \"a\" : 1.0, \"a\" : [ 2 ] , \"b c\":\"x y\" } ]";

    assertThat(JsonWriter.text(kept(json))).isEqualTo("[{\"a\":1.0,\"a\":[2],\"b c\":\"x y\"}]");
  }

  @Test
  void whatCouldBeTakenForHtmlIsEscaped() {
    assertThat(JsonWriter.text(kept("{\"a\":\"<\\\"&>\"}")))
        .isEqualTo("{\"a\":\"\\u003c\\\"\\u0026\\u003e\"}");
  }

  @Test
  void anOpenedObjectForgetsItsTextAndThoseInItKeepTheirs() {
    JsonObject read =
        (JsonObject) kept("{\"a\":1,\"a\":{\"b\":1,\"b\":2},\"c\":[[{\"d\":1,\"d\":2}]]}");

    RawTexts.open(read);

    assertThat(JsonWriter.text(read))
        .isEqualTo("{\"a\":{\"b\":1,\"b\":2},\"c\":[[{\"d\":1,\"d\":2}]]}");
  }

  @Test
  void openingWhatHasNoTextCostsNothing() {
    assertThat(RawTexts.open(new JsonObject().set("a", "b"))).isZero();
  }

  @Test
  void fieldsOfAnotherShapeThatCameEarlierDoNoHarm() {
    JsonObject read = (JsonObject) kept("{\"a\":[{},{},[]],\"a\":{\"b\":[1]},\"a\":[{\"c\":1}]}");

    RawTexts.open(read);

    assertThat(JsonWriter.text(read)).isEqualTo("{\"a\":[{\"c\":1}]}");
  }
}
