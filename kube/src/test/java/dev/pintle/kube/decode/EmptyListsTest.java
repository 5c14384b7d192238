package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.GroupVersionKind;
import org.junit.jupiter.api.Test;

final class EmptyListsTest {
  private static JsonObject object(String yaml) {
    return (JsonObject) YamlReader.read(yaml);
  }

  private static JsonObject kept(String apiVersion, String kind, String sent, String shaped) {
    JsonObject object = object(shaped);
    EmptyLists.keep(GroupVersionKind.of(apiVersion, kind), object(sent), object);
    return object;
  }

  @Test
  void noPoliciesAreNotTheUsualOnes() {
    String sent = "{spec: {behavior: {scaleUp: {policies: []}}}}";
    String shaped = "{spec: {behavior: {scaleUp: {}}}}";
    assertThat(kept("autoscaling/v2", "HorizontalPodAutoscaler", sent, shaped))
        .isEqualTo(object(sent));
  }

  @Test
  void whatMayBeEmptyIsNotKeptSo() {
    String sent = "{spec: {rules: [], defaultBackend: {service: {name: s}}}}";
    String shaped = "{spec: {defaultBackend: {service: {name: s}}}}";
    assertThat(kept("networking.k8s.io/v1", "Ingress", sent, shaped)).isEqualTo(object(shaped));
  }

  @Test
  void aKindOfTheSameNameElsewhereIsAnother() {
    String sent = "{spec: {cidrs: []}}";
    assertThat(kept("example.com/v1", "ServiceCIDR", sent, "{spec: {}}"))
        .isEqualTo(object("{spec: {}}"));
    assertThat(kept("networking.k8s.io/v1", "ServiceCIDR", sent, "{spec: {}}"))
        .isEqualTo(object(sent));
  }
}
