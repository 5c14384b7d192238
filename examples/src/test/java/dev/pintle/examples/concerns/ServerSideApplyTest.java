package dev.pintle.examples.concerns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.junit.PintleTest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

/// Mock servers have no server-side apply; here it is that of a cluster, conflicts and all.
@PintleTest
class ServerSideApplyTest {
  private static ConfigMap map(String key, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("shared")
        .withNamespace("default")
        .endMetadata()
        .addToData(key, value)
        .build();
  }

  private static PatchContext by(String manager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .build();
  }

  @Test
  void everyManagerKeepsItsOwn(KubernetesClient client) {
    client.resource(map("a", "1")).patch(by("one"));
    client.resource(map("b", "2")).patch(by("two"));
    ConfigMap both = client.resource(map("a", "3")).patch(by("one"));
    assertThat(both.getData()).containsOnlyKeys("a", "b").containsEntry("a", "3");
    assertThatThrownBy(() -> client.resource(map("a", "4")).patch(by("two")))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("conflict with \"one\"");
    assertThat(client.resource(map("c", "5")).patch(by("one")).getData())
        .containsOnlyKeys("b", "c");
  }

  @Test
  void theShortWayWorksToo(KubernetesClient client) {
    client.resource(map("a", "1")).serverSideApply();
    assertThat(client.resource(map("a", "2")).forceConflicts().serverSideApply().getData())
        .containsEntry("a", "2");
  }
}
