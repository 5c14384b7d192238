package dev.pintle.kube.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import org.junit.jupiter.api.Test;

class SelectorsTest {
  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private static String selector(String text) {
    return Selectors.selector(yaml(text));
  }

  @Test
  void nothingIsSaidInAWord() {
    assertThat(Selectors.selector(null)).isEqualTo("<none>");
    assertThat(selector("{}")).isEqualTo("<none>");
    assertThat(Selectors.labels(yaml("{}"))).isEqualTo("<none>");
  }

  @Test
  void termsAreOrderedByTheirKeysAlone() {
    assertThat(selector("{matchLabels: {a-b: '2', a: '1', a.c: '3'}}"))
        .isEqualTo("a=1,a-b=2,a.c=3");
    assertThat(
            selector(
                "{matchExpressions: [{key: b, operator: Exists}, {key: a, operator: DoesNotExist}], matchLabels: {b: x}}"))
        .isEqualTo("!a,b=x,b");
  }

  @Test
  void everyTermOfAKeyIsShown() {
    assertThat(
            selector(
                "{matchExpressions: [{key: a, operator: NotIn, values: [x]}, {key: a, operator: NotIn, values: [z, w]}]}"))
        .isEqualTo("a notin (x),a notin (w,z)");
  }
}
