package dev.pintle.examples.concerns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.junit.KubeconfigFile;
import dev.pintle.junit.PintleTest;
import io.etcd.jetcd.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Other test servers write themselves into the kubeconfig of whoever runs the tests. This one leaves it, the environment and the system
/// properties alone, and no injected client reads them.
@PintleTest
class OwnKubeconfigTest {
  private static final Path MINE = Path.of(System.getProperty("user.home"), ".kube", "config");

  private static Optional<String> before;

  @BeforeAll
  static void look() throws IOException {
    before = mine();
  }

  private static Optional<String> mine() throws IOException {
    return Files.exists(MINE) ? Optional.of(Files.readString(MINE)) : Optional.empty();
  }

  @Test
  void everythingIsUsed(
      KubernetesClient fabric8, ApiClient official, Client store, @KubeconfigFile Path file) {
    assertThat(fabric8.namespaces().list().getItems()).hasSize(4);
    assertThat(fabric8.getConfiguration().getMasterUrl()).startsWith(official.getBasePath());
    assertThat(store.getKVClient()).isNotNull();
    assertThat(file).isNotEqualTo(MINE).exists();
  }

  @AfterAll
  static void nothingIsChanged() throws IOException {
    assertThat(mine()).isEqualTo(before);
    assertThat(System.getProperties())
        .allSatisfy((key, value) ->
            assertThat(key.toString()).doesNotContain("kubernetes", "kubeconfig", "pintle.j"));
  }
}
