package dev.pintle.compat.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.twin.RealPair;
import dev.pintle.compat.twin.TrustAnyone;
import dev.pintle.compat.twin.TwinPair;
import dev.pintle.compat.twin.TwinRequest;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nearly all requests that chance makes of right ones are answered alike. What is not is written to a file, by kinds of fault.
///
/// `-Dpintle.mutation.requests=20000` is the long run, `-Dpintle.mutation.seed` another one; `-Dpintle.mutation.report=FILE`
/// says where the faults go, and `-Dpintle.mutation.only=WORD` sends only what has it in its path.
class MutationTwinIT {
  private static final int REQUESTS = Integer.getInteger("pintle.mutation.requests", 2_000);
  private static final String ONLY = System.getProperty("pintle.mutation.only", "");
  private static final Path REPORT =
      Path.of(System.getProperty("pintle.mutation.report", "target/mutation.txt"));
  private static final int PROGRESS_EVERY = 500;

  /// It only grows. The seed is the same in every run, so that the share is.
  private static final double SHARE_MIN = 0.994;

  private final long seed = Long.getLong("pintle.mutation.seed", 1);

  @TempDir private Path data;

  @Test
  void nearlyAllRequestsThatChanceMakesAreAnsweredAlike() throws Exception {
    Peers.require("kube-apiserver");
    System.err.println("MutationTwinIT seed=" + seed);
    try (RealPair real = RealPair.start(data.resolve("real"));
        RunningPintle pintle =
            RunningPintle.alone(
                data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
        KubeClient admin = KubeClient.of(pintle);
        HttpClient client = TrustAnyone.client()) {
      TwinPair pair = TwinPair.of(real, pintle, client);
      List<TwinRequest> samples = Samples.requests();
      for (TwinRequest request : samples) {
        pair.compare(request);
      }
      Faults faults = new Faults(pair);
      send(new Mutations(seed, Samples.of(samples, admin)), faults);
      System.err.printf("mutation: %s; see %s%n", faults, REPORT.toAbsolutePath());
      Files.write(REPORT, faults.report());
      assertThat(faults.shareAlike()).as("seed %d: %s", seed, faults).isGreaterThan(SHARE_MIN);
    }
  }

  private static void send(Mutations mutations, Faults faults) throws Exception {
    for (int sent = 0; sent < REQUESTS; ) {
      Mutated mutated = mutations.next();
      if (!mutated.path().contains(ONLY)) {
        continue;
      }
      faults.send(mutated);
      if (++sent % PROGRESS_EVERY == 0) {
        System.err.printf("mutation: %d of %d requests%n", sent, REQUESTS);
      }
    }
  }
}
