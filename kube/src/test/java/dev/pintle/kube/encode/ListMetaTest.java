package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListMetaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | '' | -1 | {\"resourceVersion\":\"7\"}",
        "7 | t | 3 | {\"resourceVersion\":\"7\",\"continue\":\"t\",\"remainingItemCount\":3}",
        "7 | t | -1 | {\"resourceVersion\":\"7\",\"continue\":\"t\"}"
      })
  void aListSaysHowItGoesOnOnlyIfItDoes(long version, String next, long left, String json) {
    assertThat(JsonWriter.text(new ListMeta(version, next, left).toJson())).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | '' | -1 | {\"continue\":\"\",\"resourceVersion\":\"7\"}",
        "7 | t | 3 | {\"continue\":\"t\",\"remainingItemCount\":3,\"resourceVersion\":\"7\"}"
      })
  void aListOfCustomResourcesSaysAlwaysHowItGoesOn(
      long version, String next, long left, String json) {
    assertThat(JsonWriter.text(new ListMeta(version, next, left).toCustomJson())).isEqualTo(json);
  }
}
