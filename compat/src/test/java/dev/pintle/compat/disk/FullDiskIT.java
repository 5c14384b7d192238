package dev.pintle.compat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.maintenance.AlarmMember;
import io.etcd.jetcd.maintenance.AlarmType;
import io.etcd.jetcd.options.GetOption;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskIT {
  private static final int SECONDS_MAX = 60;
  private static final int VALUE_BYTES = 16 << 10;
  private static final int PUTS_AT_ONCE = 32;

  /// What is given back meanwhile, when tables are written and the log before them is forgotten, is used up too.
  private static final int FILLINGS = 3;

  private static final int FILLINGS_MAX = 100;

  private static final int MEBIBYTES_LATER = 1024;
  private static final int NO_SPACE = 13;

  @TempDir private Path folder;

  private int rounds;
  private final Map<String, Long> acknowledged = new TreeMap<>();
  private final Map<String, String> acknowledgedByKube = new TreeMap<>();

  /// The log fills the disk before its first checkpoint.
  @Test
  void aLogWithoutRoomLosesNothing() throws Exception {
    fillAndRecover(40);
  }

  /// The log, the tables and the checkpoints share the disk.
  @Test
  void aStoreWithoutRoomLosesNothing() throws Exception {
    fillAndRecover(150);
  }

  @Test
  void aLogGoesOnWithoutAStartOnceThereIsRoom() throws Exception {
    fillAndGoOn(40);
  }

  @Test
  void aStoreGoesOnWithoutAStartOnceThereIsRoom() throws Exception {
    fillAndGoOn(150);
  }

  private void fillAndGoOn(int mebibytes) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), mebibytes)) {
      Path data = disk.folder().resolve("data");
      try (RunningPintle pintle = start(data)) {
        fill(pintle, disk);
        requireRefusals(pintle);
        requireAll(pintle);
        disk.grow(MEBIBYTES_LATER);
        awaitHealth(pintle);
        awaitWritten(pintle);
        awaitHealth(pintle);
        requireAll(pintle);
        fillAgain(pintle);
        assertThat(pintle.child().terminate()).isEqualTo(143);
      }
      try (RunningPintle pintle = start(data)) {
        requireAll(pintle);
      }
      System.err.printf(
          "full disk: %d puts and %d config maps acknowledged on %d MiB outlived it without a start%n",
          acknowledged.size(), acknowledgedByKube.size(), mebibytes);
    }
  }

  /// Nobody writes meanwhile but the server itself.
  private static void awaitHealth(RunningPintle pintle) {
    HttpRequest health = HttpRequest.newBuilder(URI.create(pintle.etcd() + "/health")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      pintle
          .child()
          .await(
              "health",
              Duration.ofSeconds(SECONDS_MAX),
              () -> Optional.of(status(http, health)).filter(status -> status == 200));
    }
  }

  /// RocksDB looks for room every few seconds only, and what it thinks of the disk is seen when something is written.
  private static void awaitWritten(RunningPintle pintle) {
    try (Client etcd = client(pintle)) {
      pintle
          .child()
          .await(
              "a write",
              Duration.ofSeconds(SECONDS_MAX),
              () -> Optional.of(isWritten(etcd)).filter(written -> written));
    }
  }

  private static boolean isWritten(Client etcd) {
    try {
      etcd.getKVClient().put(text("again"), text("written")).get(SECONDS_MAX, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException refused) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int status(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void fillAndRecover(int mebibytes) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), mebibytes)) {
      Path data = disk.folder().resolve("data");
      try (RunningPintle pintle = start(data)) {
        fill(pintle, disk);
        requireRefusals(pintle);
        requireAll(pintle);
        assertThat(pintle.child().terminate()).isEqualTo(143);
      }
      disk.exhaust();
      requireNoStart(data);
      disk.grow(MEBIBYTES_LATER);
      try (RunningPintle pintle = start(data)) {
        requireAll(pintle);
        fillAgain(pintle);
      }
      System.err.printf(
          "full disk: %d puts and %d config maps acknowledged on %d MiB are all there%n",
          acknowledged.size(), acknowledgedByKube.size(), mebibytes);
    }
  }

  private static RunningPintle start(Path data) {
    return RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }

  /// Writes until no more can be written, even by who looks for room: what the server gives back by itself is filled, too.
  private void fill(RunningPintle pintle, SmallDisk disk) throws Exception {
    int fillings = 0;
    do {
      assertThat(++fillings).as("times that the disk was filled").isLessThan(FILLINGS_MAX);
      fill(pintle);
      disk.exhaust();
    } while (fillings < FILLINGS || takesMore(pintle));
  }

  private static boolean takesMore(RunningPintle pintle) {
    try (Client etcd = client(pintle)) {
      return isWritten(etcd);
    }
  }

  /// Writes through both surfaces until the first refusal.
  private void fill(RunningPintle pintle) throws Exception {
    try (Client etcd = client(pintle);
        KubernetesClient kube = kubeClient(pintle)) {
      boolean room = true;
      while (room) {
        rounds++;
        room = puts(etcd, rounds) && create(kube, rounds);
      }
    }
    assertThat(acknowledged).isNotEmpty();
  }

  /// Answers whether all were acknowledged.
  private boolean puts(Client etcd, int round) throws Exception {
    ByteSequence value = ByteSequence.from(new byte[VALUE_BYTES]);
    Map<String, CompletableFuture<Long>> asked = new TreeMap<>();
    for (int i = 0; i < PUTS_AT_ONCE; i++) {
      String key = "full/%d/%d".formatted(round, i);
      asked.put(
          key,
          etcd.getKVClient()
              .put(text(key), value)
              .thenApply(done -> done.getHeader().getRevision()));
    }
    boolean all = true;
    for (Map.Entry<String, CompletableFuture<Long>> put : asked.entrySet()) {
      try {
        acknowledged.put(put.getKey(), put.getValue().get(SECONDS_MAX, TimeUnit.SECONDS));
      } catch (ExecutionException refused) {
        all = false;
      }
    }
    return all;
  }

  private boolean create(KubernetesClient kube, int number) {
    try {
      ConfigMap made = kube.resource(configMap("full-" + number)).create();
      acknowledgedByKube.put(made.getMetadata().getName(), made.getMetadata().getResourceVersion());
      return true;
    } catch (KubernetesClientException refused) {
      return false;
    }
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .addToData("text", "x".repeat(VALUE_BYTES))
        .build();
  }

  /// Writers are told why, in words that their tools know; health says it too.
  private static void requireRefusals(RunningPintle pintle) throws Exception {
    try (Client etcd = client(pintle);
        KubernetesClient kube = kubeClient(pintle);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThatThrownBy(() ->
              etcd.getKVClient().put(text("more"), text("more")).get(SECONDS_MAX, TimeUnit.SECONDS))
          .hasMessageContaining("etcdserver: mvcc: database space exceeded");
      assertThat(
              etcd.getMaintenanceClient()
                  .listAlarms()
                  .get(SECONDS_MAX, TimeUnit.SECONDS)
                  .getAlarms())
          .extracting(AlarmMember::getAlarmType)
          .containsExactly(AlarmType.NOSPACE);
      assertThatThrownBy(() -> kube.resource(configMap("more")).create())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refused -> {
                assertThat(refused.getCode()).isBetween(500, 507);
                assertThat(refused.getMessage()).contains("no space left on the disk");
              });
      HttpRequest health = HttpRequest.newBuilder(URI.create(pintle.etcd() + "/health")).build();
      HttpResponse<String> answer = http.send(health, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).isEqualTo("{\"health\":\"false\",\"reason\":\"ALARM NOSPACE\"}\n");
    }
  }

  private void requireAll(RunningPintle pintle) throws Exception {
    try (Client etcd = client(pintle);
        KubernetesClient kube = kubeClient(pintle)) {
      Map<String, Long> found = new TreeMap<>();
      GetOption keys = GetOption.builder().isPrefix(true).withKeysOnly(true).build();
      etcd.getKVClient()
          .get(text("full/"), keys)
          .get(SECONDS_MAX, TimeUnit.SECONDS)
          .getKvs()
          .forEach(
              kv -> found.put(kv.getKey().toString(StandardCharsets.UTF_8), kv.getModRevision()));
      assertThat(found).containsAllEntriesOf(acknowledged);
      Map<String, String> listed = new TreeMap<>();
      for (ConfigMap map : kube.configMaps().inNamespace("default").list().getItems()) {
        assertThat(map.getData().getOrDefault("text", "")).hasSizeLessThanOrEqualTo(VALUE_BYTES);
        listed.put(map.getMetadata().getName(), map.getMetadata().getResourceVersion());
      }
      assertThat(listed).containsAllEntriesOf(acknowledgedByKube);
    }
  }

  /// A start finds no room either; it says so by its exit code, and changes nothing.
  private static void requireNoStart(Path data) {
    try (Child child =
        RunningPintle.start(
            data,
            List.of("up", "--data", data.toString(), "--etcd", "127.0.0.1:0", "--kube", "off"))) {
      assertThat(child.awaitExit(Duration.ofSeconds(SECONDS_MAX)))
          .as(child.log())
          .isEqualTo(NO_SPACE);
      assertThat(child.log()).contains("no space left on the disk");
    }
  }

  private static void fillAgain(RunningPintle pintle) throws Exception {
    List<CompletableFuture<?>> puts = new ArrayList<>();
    try (Client etcd = client(pintle)) {
      for (int i = 0; i < PUTS_AT_ONCE; i++) {
        puts.add(etcd.getKVClient().put(text("again/" + i), text("written")));
      }
      for (CompletableFuture<?> put : puts) {
        put.get(SECONDS_MAX, TimeUnit.SECONDS);
      }
    }
  }

  private static Client client(RunningPintle pintle) {
    return Client.builder().endpoints(pintle.etcd()).maxInboundMessageSize(64 << 20).build();
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
