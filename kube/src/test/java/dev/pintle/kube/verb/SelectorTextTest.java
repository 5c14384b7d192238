package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.YamlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b | a=b",
        "{} | ''",
        "{b: c, a: d} | a=d,b=c",
        "{matchLabels: {b: c, a: d}} | a=d,b=c",
        "{matchExpressions: [{key: k, operator: In, values: [w, v]}]} | k in (v,w)",
        "{matchExpressions: [{key: k, operator: NotIn, values: [v]}]} | k notin (v)",
        "{matchExpressions: [{key: k, operator: Exists}]} | k",
        "{matchExpressions: [{key: k, operator: DoesNotExist}]} | !k",
        "{matchLabels: {z: x}, matchExpressions: [{key: k, operator: Exists}, {key: a, operator: DoesNotExist}]} | !a,k,z=x",
        "[a] | ''",
        "{a: 1} | a="
      })
  void aSelectorIsWrittenAsListsTakeIt(String yaml, String text) {
    assertThat(SelectorText.of(YamlReader.read(yaml))).isEqualTo(text);
  }
}
