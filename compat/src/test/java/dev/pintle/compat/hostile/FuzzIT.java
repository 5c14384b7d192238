package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No request whatever is answered by an error of our own, or by none: every verb of every resource that is served, with
/// objects that are right but for what chance did to them.
///
/// `-Dpintle.fuzz.seconds=600` is the long run, `-Dpintle.fuzz.seed` repeats one.
class FuzzIT {
  private static final int SECONDS = Integer.getInteger("pintle.fuzz.seconds", 12);
  private static final int CLIENTS = 4;
  private static final int SHOWN = 20;

  private final long seed = Long.getLong("pintle.fuzz.seed", System.nanoTime());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, Integer> codes = Collections.synchronizedMap(new TreeMap<>());
  private final AtomicLong sent = new AtomicLong();

  @TempDir private Path data;

  @Test
  void whateverIsSentIsAnsweredAndNeverByAFaultOfOurs() throws Exception {
    System.out.println("FuzzIT seed=" + seed);
    try (RunningPintle pintle =
            RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
        KubeClient admin = KubeClient.of(pintle)) {
      ServedResources resources = ServedResources.of(admin);
      fuzz(pintle, resources);
      System.out.printf("FuzzIT sent %d requests, answered %s%n", sent.get(), codes);
      assertThat(wrong).as("seed %d", seed).isEmpty();
      assertThat(pintle.child().log())
          .as("seed %d", seed)
          .doesNotContain("failed by our fault", "OutOfMemoryError", "StackOverflowError");
      assertThat(admin.get("/api/v1/namespaces/default").code()).isEqualTo(200);
      assertThat(codes.getOrDefault(201, 0) + codes.getOrDefault(200, 0)).isGreaterThan(0);
    }
  }

  private void fuzz(RunningPintle pintle, ServedResources resources) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        SplittableRandom own = random.split();
        clients.add(
            threads.submit(() -> {
              try (KubeClient client = KubeClient.of(pintle)) {
                while (System.nanoTime() < end && wrong.size() < SHOWN) {
                  ask(pintle, client, new OddRequest(own, resources));
                }
              }
            }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
  }

  private void ask(RunningPintle pintle, KubeClient client, OddRequest request) {
    sent.incrementAndGet();
    try {
      KubeClient.Answer answer = answer(pintle, client, request);
      codes.merge(answer.code(), 1, Integer::sum);
      // Upstream answers some mistakes of a client with 500 and its own words; a fault of ours says
      // this, and upstream too of an object that lacks the number that it should be scaled by.
      if (answer.code() == 500
          && answer.text().contains("Internal error occurred")
          && !answer.text().contains("the spec replicas field")) {
        wrong.add(request + "\n  answered " + shown(answer.text()));
      }
    } catch (RuntimeException dropped) {
      wrong.add(request + "\n  got no answer: " + dropped + " " + dropped.getCause());
    }
  }

  /// A connection that was kept may have ended in the meantime; on a fresh one there is no excuse.
  private static KubeClient.Answer answer(
      RunningPintle pintle, KubeClient client, OddRequest request) {
    try {
      return client.send(request.build(client));
    } catch (UncheckedIOException ended) {
      try (KubeClient fresh = KubeClient.of(pintle)) {
        return fresh.send(request.build(fresh));
      }
    }
  }

  private static String shown(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }
}
