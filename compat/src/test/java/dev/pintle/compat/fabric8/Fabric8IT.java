package dev.pintle.compat.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.HeardMaps;
import dev.pintle.compat.harness.RunningPintle;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The work of operators on the JVM with their client.
class Fabric8IT {

  @TempDir private Path data;

  private RunningPintle pintle;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
    Config config = Config.fromKubeconfig(Files.readString(pintle.kubeconfig()));
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (pintle != null) {
      pintle.close();
    }
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .addToLabels("app", "test")
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  @Test
  void objectsAreCreatedReadChangedAndDeleted() {
    ConfigMap created = client.resource(configMap("a", "1")).create();
    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(
            client.configMaps().inNamespace("default").withLabel("app", "test").list().getItems())
        .hasSize(1);
    client
        .configMaps()
        .inNamespace("default")
        .withName("a")
        .edit(there -> new ConfigMapBuilder(there).addToData("key", "2").build());
    assertThat(client.configMaps().inNamespace("default").withName("a").get().getData())
        .containsEntry("key", "2");
    assertThatThrownBy(() -> client.resource(configMap("a", "3")).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("already exists");
    assertThat(client.resource(configMap("a", "")).delete()).isNotEmpty();
    assertThat(client.configMaps().inNamespace("default").withName("a").get()).isNull();
  }

  @Test
  void whatIsAppliedIsMadeChangedAndKeptFromOthers() {
    ConfigMap made = applied("alice", "1", false);
    assertThat(made.getMetadata().getManagedFields())
        .extracting(ManagedFieldsEntry::getManager)
        .containsExactly("alice");
    assertThat(applied("alice", "2", false).getData()).containsEntry("key", "2");
    assertThatThrownBy(() -> applied("bob", "3", false))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("conflict with \"alice\": .data.key");
    assertThat(applied("bob", "3", true).getData()).containsEntry("key", "3");
  }

  private ConfigMap applied(String manager, String value, boolean force) {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(manager)
            .withForce(force)
            .build();
    return client.resource(configMap("applied", value)).patch(context);
  }

  @Test
  void anInformerSeesEveryChangeInOrder() throws InterruptedException {
    HeardMaps heard = HeardMaps.ofAll();
    client.resource(configMap("before", "1")).create();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(heard)) {
      assertThat(heard.next()).isEqualTo("added before 1");
      client.resource(configMap("b", "1")).create();
      assertThat(heard.next()).isEqualTo("added b 1");
      client.resource(configMap("b", "2")).update();
      assertThat(heard.next()).isEqualTo("updated b 2");
      client.resource(configMap("b", "2")).delete();
      assertThat(heard.next()).isEqualTo("deleted b 2");
      assertThat(informer.getStore().listKeys())
          .contains("default/before")
          .doesNotContain("default/b");
    }
  }
}
