package dev.pintle.compat.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-Dpintle.kill.rounds=200` for the long run; `-Dpintle.kill.backend=sqlite` for another backend; `-Dpintle.kill.seed=N` to have the same kills again.
class KillIT {
  private static final String OURS = "cm-";
  private static final int ROUNDS = Integer.getInteger("pintle.kill.rounds", 20);
  private static final long SEED = Long.getLong("pintle.kill.seed", System.nanoTime());
  private static final String BACKEND = System.getProperty("pintle.kill.backend", "rocksdb");
  private static final int ROUNDS_TOLD = 20;
  private static final int ETCD_WRITERS = 16;
  private static final int KUBE_WRITERS = 4;
  private static final int WRITES_MIN = 20;
  private static final int WRITES_MAX = 600;
  private static final int SECONDS_MAX = 30;

  /// The long run leaves more than a client takes by itself.
  private static final int ANSWER_BYTES_MAX = 64 << 20;

  private static final String CONFIG_MAPS = "/registry/configmaps/default/";

  @TempDir private Path data;

  private final Ledger ledger = new Ledger();

  @Test
  void nothingAcknowledgedIsLostAndNoRevisionIsUsedTwice() throws Exception {
    System.err.printf("kill: %d rounds, -Dpintle.kill.seed=%d%n", ROUNDS, SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      killUnderLoad(round, random.nextInt(WRITES_MIN, WRITES_MAX));
      if ((round + 1) % ROUNDS_TOLD == 0) {
        System.err.printf("kill: %d rounds, %d acknowledged%n", round + 1, ledger.size());
      }
    }
    try (RunningPintle pintle = start()) {
      requireAll(pintle, "e/");
      requireBothSurfacesAgree(pintle);
    }
    System.err.printf("kill: %d acknowledged writes are all there%n", ledger.size());
  }

  private RunningPintle start() {
    return RunningPintle.up(
        data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0", "--backend", BACKEND);
  }

  private void killUnderLoad(int round, int writes) throws Exception {
    try (RunningPintle pintle = start();
        Client etcd = Client.builder().endpoints(pintle.etcd()).build();
        KubernetesClient kube = kubeClient(pintle)) {
      long before = ledger.newest();
      requireAll(pintle, "e/%d/".formatted(round - 1));
      try (Load puts =
              new Load(ETCD_WRITERS, (writer, number) -> put(etcd, round, writer, number));
          Load creates =
              new Load(KUBE_WRITERS, (writer, number) -> create(kube, round, writer, number))) {
        puts.await(writes);
        creates.await(writes / 20);
        pintle.child().kill();
      }
      assertThat(ledger.newest()).as("revisions grow over a crash").isGreaterThan(before);
    }
  }

  private void put(Client etcd, int round, int writer, int number) throws Exception {
    String key = "e/%d/%d/%d".formatted(round, writer, number);
    long revision =
        etcd.getKVClient()
            .put(text(key), text("value of " + key))
            .get(SECONDS_MAX, TimeUnit.SECONDS)
            .getHeader()
            .getRevision();
    ledger.acknowledge(key, revision);
  }

  private void create(KubernetesClient kube, int round, int writer, int number) {
    String name = (OURS + "%d-%d-%d").formatted(round, writer, number);
    ConfigMap asked =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .addToData("name", name)
            .build();
    ConfigMap made = kube.resource(asked).create();
    ledger.acknowledge(CONFIG_MAPS + name, Long.parseLong(made.getMetadata().getResourceVersion()));
  }

  private void requireAll(RunningPintle pintle, String prefix) throws Exception {
    ledger.requireIn(prefix, keys(pintle, prefix));
  }

  private void requireBothSurfacesAgree(RunningPintle pintle) throws Exception {
    // The server's own are not on the ledger.
    Map<String, Long> stored = keys(pintle, CONFIG_MAPS + OURS);
    ledger.requireIn(CONFIG_MAPS, stored);
    Map<String, Long> listed = new TreeMap<>();
    try (KubernetesClient kube = kubeClient(pintle)) {
      List<ConfigMap> all = kube.configMaps().inNamespace("default").list().getItems();
      all.removeIf(map -> !map.getMetadata().getName().startsWith(OURS));
      for (ConfigMap map : all) {
        assertThat(map.getData()).containsEntry("name", map.getMetadata().getName());
        listed.put(
            CONFIG_MAPS + map.getMetadata().getName(),
            Long.parseLong(map.getMetadata().getResourceVersion()));
      }
    }
    assertThat(listed).isEqualTo(stored);
  }

  private static Map<String, Long> keys(RunningPintle pintle, String prefix) throws Exception {
    Map<String, Long> found = new TreeMap<>();
    try (Client etcd =
        Client.builder().endpoints(pintle.etcd()).maxInboundMessageSize(ANSWER_BYTES_MAX).build()) {
      GetOption option = GetOption.builder().isPrefix(true).build();
      etcd.getKVClient()
          .get(text(prefix), option)
          .get(SECONDS_MAX, TimeUnit.SECONDS)
          .getKvs()
          .forEach(
              kv -> found.put(kv.getKey().toString(StandardCharsets.UTF_8), kv.getModRevision()));
    }
    return found;
  }

  private static KubernetesClient kubeClient(RunningPintle pintle) {
    Config config = Config.fromKubeconfig(pintle.kubeconfig().toFile());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
