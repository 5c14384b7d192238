package dev.pintle.kube.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCutTest {
  private static JsonCut cut(String json) {
    return JsonCut.of(json.getBytes(UTF_8), "spec", "list", "book");
  }

  private static String rest(JsonCut cut) {
    return new String(cut.rest(), UTF_8);
  }

  private static List<String> pieces(JsonCut cut) {
    return cut.pieces().stream().map(piece -> new String(piece, UTF_8)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{}",
        "{\"a\":[],\"spec\":{}}",
        "{\"spec\":{\"list\":[]}}",
        "{\"spec\":{\"list\":[{},{\"name\":\"book\"},[],3]}}",
        "{\"spec\":null,\"list\":[{\"book\":1}],\"book\":2}",
        "{\"spec\":\"list\",\"a\":true}"
      })
  void aDocumentWithNothingAtThePathStaysWhole(String json) {
    assertThat(rest(cut(json))).isEqualTo(json);
    assertThat(pieces(cut(json))).isEmpty();
  }

  @Test
  void whatLiesAtThePathIsCutOutOfEveryItem() {
    JsonCut cut =
        cut(
            "{\"a\":{\"book\":1},\"spec\":{\"z\":[1,2],\"list\":[{\"n\":1,\"book\":{\"x\":[\"}\\\"\",{}]},\"m\":2},{\"n\":2},{\"book\":null}],\"y\":{}},\"end\":\"é\"}");
    assertThat(rest(cut))
        .isEqualTo(
            "{\"a\":{\"book\":1},\"spec\":{\"z\":[1,2],\"list\":[{\"n\":1,\"book\":{},\"m\":2},{\"n\":2},{\"book\":{}}],\"y\":{}},\"end\":\"é\"}");
    assertThat(pieces(cut)).containsExactly("{\"x\":[\"}\\\"\",{}]}", "null");
  }

  @Test
  void aPathMayLeadThroughAnObjectWhereOthersHaveAList() {
    JsonCut cut = cut("{\"spec\":{\"list\":{\"book\":[1]}}}");
    assertThat(rest(cut)).isEqualTo("{\"spec\":{\"list\":{\"book\":{}}}}");
    assertThat(pieces(cut)).containsExactly("[1]");
  }
}
