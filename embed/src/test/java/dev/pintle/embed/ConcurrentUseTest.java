package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/// Resets, branches and ends of one server at the same time. Every call does what it says, or says that the server is closed.
class ConcurrentUseTest {
  private static final int THREADS = 6;
  private static final int ROUNDS = 40;
  private static final int SECONDS_MAX = 60;

  @RepeatedTest(3)
  void resetsBranchesAndEndsGoTogether() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ConcurrentUseTest: seed " + seed);
    Random seeds = new Random(seed);
    List<Future<Integer>> done = new ArrayList<>();
    PintleServer server = PintleServer.builder().start();
    CountDownLatch half = new CountDownLatch(THREADS * ROUNDS / 2);
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seeds.nextLong());
        done.add(threads.submit(run(server, random, half)));
      }
      assertThat(half.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
      Future<?> first = threads.submit(server::close);
      Future<?> second = threads.submit(server::close);
      first.get(SECONDS_MAX, TimeUnit.SECONDS);
      second.get(SECONDS_MAX, TimeUnit.SECONDS);
      int refused = 0;
      for (Future<Integer> each : done) {
        refused += each.get(SECONDS_MAX, TimeUnit.SECONDS);
      }
      // Those that were done before the end were not refused, but for the ones under way then.
      assertThat(refused).isLessThanOrEqualTo(THREADS * ROUNDS / 2 + THREADS);
    }
  }

  /// How often it was refused, once the server was closed.
  private static Callable<Integer> run(PintleServer server, Random random, CountDownLatch half) {
    return () -> {
      int refused = 0;
      for (int round = 0; round < ROUNDS; round++) {
        half.countDown();
        try {
          if (random.nextBoolean()) {
            server.reset();
          } else {
            try (PintleServer branch = server.branch()) {
              branch.reset();
              assertThat(branch.revision()).isPositive();
            }
          }
        } catch (IllegalStateException closed) {
          assertThat(closed).hasMessageContaining("(expected: ");
          refused++;
        }
      }
      return refused;
    };
  }
}
