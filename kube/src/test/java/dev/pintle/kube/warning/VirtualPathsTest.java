package dev.pintle.kube.warning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VirtualPathsTest {
  private static List<String> warned(String volume) {
    List<String> warnings = new ArrayList<>();
    new VirtualPaths((JsonObject) YamlReader.read(volume), warnings::add).look();
    return warnings;
  }

  private static String items(int count, String path) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < count; i++) {
      items.append(i == 0 ? "" : ", ").append("{key: k, path: ").append(path).append('}');
    }
    return items.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: v, emptyDir: {}}",
        "{name: v, configMap: {name: a}}",
        "{name: v, configMap: {name: a, items: [{key: k, path: p}, {key: l, path: q}]}}",
        "{name: v, configMap: {name: a, items: [{key: k, path: p}, {key: l, path: pq}]}}",
        "{name: v, secret: {secretName: a, items: [{key: k, path: a/b}, {key: l, path: a/c}]}}",
        "{name: v, projected: {sources: []}}",
        "{name: v, projected: {sources: [{configMap: {name: a, items: [{key: k, path: p}]}}, {secret: {name: b, items: [{key: k, path: q}]}}]}}"
      })
  void whatLiesApartIsNotWarnedOf(String volume) {
    assertThat(warned(volume)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: v, configMap: {name: a, items: [{key: k, path: p}, {key: l, path: p}]}}",
        "{name: v, configMap: {name: a, items: [{key: k, path: p/q}, {key: l, path: p}]}}",
        "{name: v, secret: {secretName: a, items: [{key: k, path: p}, {key: l, path: p/q/r}]}}",
        "{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: metadata.name}}, {path: p, fieldRef: {fieldPath: metadata.uid}}]}}",
        "{name: v, projected: {sources: [{serviceAccountToken: {path: p}}, {configMap: {name: a, items: [{key: k, path: p}]}}]}}",
        "{name: v, projected: {sources: [{clusterTrustBundle: {name: b, path: p}}, {secret: {name: a, items: [{key: k, path: p/q}]}}]}}"
      })
  void whatLiesOverSomethingElseIsWarnedOfOnce(String volume) {
    assertThat(warned(volume)).hasSize(1);
  }

  @Test
  void manyPathsOverOneAnotherAreNotWarnedOfEndlessly() {
    String volume = "{name: v, configMap: {name: a, items: [%s]}}".formatted(items(3_000, "p"));

    assertThat(warned(volume)).hasSizeLessThanOrEqualTo(256);
  }
}
