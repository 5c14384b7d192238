package dev.pintle.compat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the end of history looks like from outside when nobody asked for it; beside the real servers, which are asked the same.
class CompactionIT {
  private static final Duration TIME_MAX = Duration.ofSeconds(60);
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String INTERVAL = "--etcd-compaction-interval=1s";
  private static final int MAPS_MADE = 5;

  @TempDir private Path data;

  @Test
  void theApiServerEndsHistoryAndSaysSoAsTheRealOne() throws Exception {
    List<String> ours;
    try (RunningPintle pintle =
            RunningPintle.up(
                data.resolve("up"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0", INTERVAL);
        KubeClient client = KubeClient.of(pintle)) {
      ours = readsOfThePast(client, pintle.child());
    }
    assertThat(ours.getFirst()).startsWith("410 Expired");
    try (RunningEtcd etcd = RunningEtcd.start(real());
        RealKube real = RealKube.over(etcd.url(), real(), INTERVAL)) {
      assertThat(ours).isEqualTo(readsOfThePast(real.client(), real.child()));
    }
  }

  private Path real() throws IOException {
    return Files.createDirectories(data.resolve("real"));
  }

  private static List<String> readsOfThePast(KubeClient client, Child server) {
    long first = make(client, "a");
    for (int i = 0; i < MAPS_MADE; i++) {
      make(client, "b" + i);
    }
    JsonNode page = client.get(MAPS + "?limit=2&labelSelector=of=test").json().path("metadata");
    String exact = MAPS + "?labelSelector=of=test&resourceVersionMatch=Exact&resourceVersion=";
    KubeClient.Answer past =
        server.await(
            "the end of history",
            TIME_MAX,
            () -> Optional.of(client.get(exact + first)).filter(answer -> answer.code() != 200));
    make(client, "c");
    List<String> told = new ArrayList<>();
    told.add(told(past));
    String next = MAPS + "?limit=2&labelSelector=of=test&continue=";
    KubeClient.Answer expired =
        server.await(
            "the end of the page",
            TIME_MAX,
            () ->
                Optional.of(client.get(next + page.path("continue").asString()))
                    .filter(answer -> answer.code() != 200));
    told.add(told(expired));
    String fresh = expired.json().path("metadata").path("continue").asString();
    JsonNode rest = client.get(MAPS + "?labelSelector=of=test&continue=" + fresh).json();
    told.add(names(rest.path("items")));
    told.add(told(client.get(MAPS + "/a?resourceVersion=" + first)));
    told.add(
        names(
            client
                .get(MAPS + "?labelSelector=of=test&resourceVersion=" + first)
                .json()
                .path("items")));
    return told;
  }

  private static long make(KubeClient client, String name) {
    KubeClient.Answer made =
        client.post(
            MAPS, "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"of\":\"test\"}}}".formatted(name));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    return Long.parseLong(made.json().path("metadata").path("resourceVersion").asString());
  }

  private static String told(KubeClient.Answer answer) {
    JsonNode json = answer.json();
    return "%d %s %s".formatted(answer.code(), json.path("reason").asString(""), answer.message());
  }

  private static String names(JsonNode items) {
    return String.join(
        " ",
        items.valueStream().map(item -> item.path("metadata").path("name").asString()).toList());
  }

  @Test
  void theStoreAloneEndsHistoryByItsRetentionAndSaysSoAsTheRealOne() throws Exception {
    String[] flags = {"--auto-compaction-mode=periodic", "--auto-compaction-retention=1s"};
    List<String> ours;
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("alone"), flags)) {
      ours = endOfHistory(pintle.etcd());
    }
    assertThat(ours.getFirst()).contains("required revision has been compacted");
    try (RunningEtcd etcd = RunningEtcd.start(real(), flags)) {
      assertThat(ours).isEqualTo(endOfHistory(etcd.url()));
    }
  }

  /// Writes on until the first write cannot be read any more; what a read and a watch of it are told then.
  private static List<String> endOfHistory(String url) throws Exception {
    ByteSequence key = text("key");
    try (Client client = Client.builder().endpoints(url).build()) {
      long first = put(client, key, 0);
      String refused = "";
      long giveUp = System.nanoTime() + TIME_MAX.toNanos();
      for (int i = 1; refused.isEmpty() && System.nanoTime() < giveUp; i++) {
        put(client, key, i);
        refused = readAt(client, key, first);
      }
      return List.of(refused, watchFrom(client, key, first).replaceAll("[0-9]+", "N"));
    }
  }

  private static long put(Client client, ByteSequence key, int number) throws Exception {
    return client
        .getKVClient()
        .put(key, text("value " + number))
        .get(TIME_MAX.toSeconds(), TimeUnit.SECONDS)
        .getHeader()
        .getRevision();
  }

  /// The refusal, or nothing.
  private static String readAt(Client client, ByteSequence key, long revision) throws Exception {
    try {
      client
          .getKVClient()
          .get(key, GetOption.builder().withRevision(revision).build())
          .get(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
      return "";
    } catch (ExecutionException refused) {
      return String.valueOf(refused.getCause());
    }
  }

  private static String watchFrom(Client client, ByteSequence key, long revision) throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    WatchOption from = WatchOption.builder().withRevision(revision).build();
    try (Watch.Watcher _ =
        client.getWatchClient().watch(key, from, Watch.listener(next -> {}, end::complete))) {
      return String.valueOf(end.get(TIME_MAX.toSeconds(), TimeUnit.SECONDS));
    }
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
