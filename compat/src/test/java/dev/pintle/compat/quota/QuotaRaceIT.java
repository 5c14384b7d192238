package dev.pintle.compat.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.KubeClient.Answer;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Quotas that 64 clients race for, while demands change and a quota is made anew, as long as `-Dpintle.quota.seconds` says;
/// `-Dpintle.quota.seed` repeats the clients' choices.
class QuotaRaceIT {
  private static final int SECONDS = Integer.getInteger("pintle.quota.seconds", 5);
  private static final long SEED = Long.getLong("pintle.quota.seed", System.nanoTime());
  private static final int CLIENTS = 64;
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final List<String> NAMESPACES = List.of("race-a", "race-b", "race-c");

  /// What happened, when something went wrong.
  private static final Path FOUND = Path.of("target", "quota-race.txt");

  private static final String ODD = "odd: ";

  @TempDir private Path data;
  private RunningPintle pintle;
  private KubeClient client;

  @BeforeEach
  void start() {
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
    client = KubeClient.of(pintle);
    make("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", RaceKind.DEFINITION);
    for (String namespace : NAMESPACES) {
      make("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(namespace));
      awaitThere("/api/v1/namespaces/%s/serviceaccounts/default".formatted(namespace));
    }
    awaitThere("/api/v1/namespaces/default/serviceaccounts/default");
    awaitThere(RaceKind.WIDGET.everywhere());
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

  private void make(String path, String body) {
    Answer answer = client.post(path, body);
    assertThat(answer.code()).as(path + ": " + answer.text()).isEqualTo(201);
  }

  private void awaitThere(String path) {
    pintle
        .child()
        .await(
            path,
            END_MAX,
            () -> client.get(path).code() == 200 ? Optional.of(true) : Optional.empty());
  }

  @Test
  void nothingIsMadeBeyondAQuotaAndWhatIsUsedIsWhatLiesThere() throws Exception {
    System.err.printf("quota race: %d s, seed %d%n", SECONDS, SEED);
    RaceQuotas quotas = new RaceQuotas(client, pintle.child(), NAMESPACES);
    List<RaceChange> changes = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<List<RaceChange>>> watches = new ArrayList<>();
      watches.add(threads.submit(new RaceWatch(client, null, NAMESPACES)));
      for (RaceKind kind : RaceKind.values()) {
        watches.add(threads.submit(new RaceWatch(client, kind, NAMESPACES)));
      }
      quotas.make();
      race(threads, quotas, counts);
      awaitGone();
      end();
      for (Future<List<RaceChange>> watch : watches) {
        changes.addAll(watch.get(END_MAX.toSeconds(), TimeUnit.SECONDS));
      }
    } finally {
      // A watch would never end by itself.
      threads.shutdownNow();
    }
    changes.sort(Comparator.comparingLong(RaceChange::revision));
    RaceJudge judge = new RaceJudge();
    judge.judge(changes);
    System.err.printf(
        "quota race: %s, %d revisions judged, %d times just full%n",
        counts, judge.revisions(), judge.full());
    if (!judge.faults().isEmpty()) {
      Files.write(FOUND, changes.stream().map(RaceChange::toString).toList());
    }
    assertThat(judge.faults()).as("all changes are in %s", FOUND).isEmpty();
    assertThat(counts.keySet()).noneMatch(outcome -> outcome.startsWith(ODD));
    assertThat(counts).containsKeys("made", "refused", "deleted", "changed demands", "remade");
    assertThat(judge.full()).isPositive();
    requireCounted(judge);
    assertThat(pintle.child().warnings()).isEmpty();
  }

  private void race(ExecutorService threads, RaceQuotas quotas, Map<String, Integer> counts)
      throws Exception {
    SplittableRandom seeds = new SplittableRandom(SEED);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    BooleanSupplier goesOn = () -> System.nanoTime() < end;
    List<Future<Map<String, Integer>>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(threads.submit(new RaceClient(client, i, NAMESPACES, seeds.split(), goesOn)));
    }
    SplittableRandom first = seeds.split();
    SplittableRandom second = seeds.split();
    Future<Integer> changed = threads.submit(() -> quotas.change(first, goesOn));
    Future<Integer> remade = threads.submit(() -> quotas.remake(second, goesOn));
    for (Future<Map<String, Integer>> each : clients) {
      each.get().forEach((outcome, count) -> counts.merge(outcome, count, Integer::sum));
    }
    counts.put("changed demands", changed.get());
    counts.put("remade", remade.get());
  }

  /// Claims go a while after they were deleted.
  private void awaitGone() {
    pintle
        .child()
        .await(
            "the end of what was deleted",
            END_MAX,
            () ->
                client.get(RaceKind.CLAIM.everywhere()).text().contains("\"deletionTimestamp\"")
                    ? Optional.empty()
                    : Optional.of(true));
  }

  /// Tells the watches that nothing more comes.
  private void end() {
    String metadata = "\"name\":\"%s\"".formatted(RaceWatch.END);
    for (RaceKind kind : RaceKind.values()) {
      make(kind.collection("default"), kind.body(metadata, new SplittableRandom(SEED)));
    }
    make(
        RaceQuotas.collection("default"),
        "{\"metadata\":{%s},\"spec\":{\"hard\":{\"secrets\":\"1\"}}}".formatted(metadata));
  }

  /// In the end quotas say what lies there, by the watches and by lists alike.
  private void requireCounted(RaceJudge judge) {
    int listed = 0;
    for (RaceKind kind : RaceKind.values()) {
      for (JsonNode object : client.get(kind.everywhere()).json().path("items")) {
        String namespace = object.path("metadata").path("namespace").asString("");
        listed += NAMESPACES.contains(namespace) ? 1 : 0;
      }
    }
    assertThat(listed).isEqualTo(judge.objects());
    for (String namespace : NAMESPACES) {
      for (JsonNode each : client.get(RaceQuotas.collection(namespace)).json().path("items")) {
        String path =
            RaceQuotas.collection(namespace)
                + '/'
                + each.path("metadata").path("name").asString("");
        pintle
            .child()
            .await(
                path + " to say what lies there",
                END_MAX,
                () -> {
                  QuotaState quota = QuotaState.of(client.get(path).json());
                  return quota.used().equals(judge.lyingThere(quota)) && !quota.used().isEmpty()
                      ? Optional.of(true)
                      : Optional.empty();
                });
      }
    }
  }
}
