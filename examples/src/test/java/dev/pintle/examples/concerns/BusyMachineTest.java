package dev.pintle.examples.concerns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Servers that are a process of their own are given up on machines that have other things to do. This one starts by the work that its
/// start takes, a fraction of a second of it, and waits for nobody.
class BusyMachineTest {
  private static final Duration MAX = Duration.ofSeconds(20);

  @Test
  void itStartsWhereFourTimesAsMuchIsToBeDone() {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> busy = new ArrayList<>();
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      busy.add(Thread.ofPlatform().daemon().start(() -> spin(over)));
    }
    long start = System.nanoTime();
    try (PintleServer server = PintleServer.builder().start();
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build()) {
      assertThat(client.namespaces().withName("default").get()).isNotNull();
    } finally {
      over.set(true);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX);
    assertThat(busy).hasSizeGreaterThan(3);
  }

  private static void spin(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }
}
