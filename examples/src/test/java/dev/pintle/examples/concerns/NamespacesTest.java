package dev.pintle.examples.concerns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.junit.PintleTest;
import dev.pintle.junit.WithoutControllers;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Before an API server alone a deleted namespace stays for ever, since nobody empties it. Here somebody does, unless told not to.
@PintleTest
class NamespacesTest {
  private static Namespace made(KubernetesClient client) {
    Namespace team =
        client
            .resource(
                new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build())
            .create();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("inside")
                .withNamespace("team")
                .endMetadata()
                .build())
        .create();
    return team;
  }

  @Test
  void aDeletedNamespaceEndsAndCanBeMadeAgain(KubernetesClient client) {
    for (int round = 0; round < 3; round++) {
      Namespace team = made(client);
      client.resource(team).delete();
      client.resource(team).waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
    }
  }

  @Nested
  @WithoutControllers
  class LikeAnApiServerAlone {
    @Test
    void itStays(KubernetesClient client) {
      Namespace team = made(client);
      client.resource(team).delete();
      assertThat(client.resource(team).get().getStatus().getPhase()).isEqualTo("Terminating");
      assertThat(client.configMaps().inNamespace("team").withName("inside").get()).isNotNull();
    }
  }
}
