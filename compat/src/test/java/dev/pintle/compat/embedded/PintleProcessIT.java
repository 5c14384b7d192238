package dev.pintle.compat.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.AssetsFolder;
import dev.pintle.embed.PintleProcess;
import dev.pintle.embed.PintleStartException;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server in a process of its own, as a test of somebody else starts it.
class PintleProcessIT {
  @TempDir private Path home;

  private static KubernetesClient client(PintleProcess server) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig()))
        .build();
  }

  @Test
  void whatIsInAFolderIsThereForTheNextProcess() throws Exception {
    PintleProcess.Builder builder =
        PintleProcess.builder(AssetsFolder.launcher(home.resolve("installed")))
            .folder(home.resolve("data"));
    try (PintleProcess server = builder.start();
        KubernetesClient client = client(server)) {
      assertThat(server.log()).contains("Pintle is ready.");
      client
          .resource(new ConfigMapBuilder().withNewMetadata().withName("kept").endMetadata().build())
          .inNamespace("default")
          .create();
    }
    try (PintleProcess server = builder.start();
        KubernetesClient client = client(server)) {
      assertThat(client.configMaps().inNamespace("default").withName("kept").get()).isNotNull();
    }
  }

  @Test
  void nothingStaysWithoutAFolder() throws Exception {
    PintleProcess server =
        PintleProcess.builder(AssetsFolder.launcher(home.resolve("installed"))).start();
    Path kubeconfig = server.kubeconfigFile();
    assertThat(kubeconfig).exists();
    assertThat(server.isRunning()).isTrue();
    server.close();
    assertThat(server.isRunning()).isFalse();
    assertThat(kubeconfig.resolveSibling("../log").normalize()).doesNotExist();
    assertThat(kubeconfig).doesNotExist();
    server.close();
  }

  @Test
  void aStartThatIsRefusedSaysWhatTheProgramSaid() throws Exception {
    PintleProcess.Builder builder =
        PintleProcess.builder(AssetsFolder.launcher(home.resolve("installed"))).flags("--nope=1");
    assertThatThrownBy(builder::start)
        .isInstanceOf(PintleStartException.class)
        .hasMessageContaining("the process ended with 2")
        .hasMessageContaining("--nope: no such flag");
  }
}
