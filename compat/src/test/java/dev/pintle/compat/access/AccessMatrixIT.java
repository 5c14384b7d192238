package dev.pintle.compat.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.twin.RealPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever may be asked, by whomever, by whatever way: the real server and ours say yes or no alike, and in the same words.
/// `-Dpintle.access.report=FILE` writes every difference down.
class AccessMatrixIT {
  private static final Path KNOWN = Path.of("src/test/access/known-differences.txt");
  private static final int PROBES_MIN = 5_000;
  private static final int CLIENTS = 16;

  @TempDir private Path data;

  @Test
  void theRealServerAndPintleAllowAndRefuseAlike() throws Exception {
    Peers.require("kube-apiserver");
    long start = System.nanoTime();
    try (RealPair pair = RealPair.start(data.resolve("real"));
        RunningPintle pintle =
            RunningPintle.alone(
                data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
        Server theirs = new Server(pair.kube(), pair.token());
        Server ours = new Server(pintle.kube(), Kubeconfig.read(pintle.kubeconfig()).token())) {
      new Fixtures(theirs).make();
      new Fixtures(ours).make();
      List<Served.Resource> resources = new ArrayList<>(Served.by(theirs).resources());
      resources.retainAll(Served.by(ours).resources());
      List<Probe> probes = Matrix.of(resources);
      assertThat(probes).hasSizeGreaterThan(PROBES_MIN);
      List<Verdict> expected = answers(theirs, probes);
      List<Verdict> actual = answers(ours, probes);
      System.err.printf(
          "access: %d requests for %d resources in %d s; the real server's statuses: %s%n",
          probes.size(),
          resources.size(),
          (System.nanoTime() - start) / 1_000_000_000,
          statuses(expected));
      judge(probes, expected, actual);
    }
  }

  private static List<Verdict> answers(Server server, List<Probe> probes)
      throws InterruptedException {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Verdict>> asked = new ArrayList<>();
      probes.forEach(probe -> asked.add(() -> server.ask(probe)));
      List<Verdict> answers = new ArrayList<>();
      for (Future<Verdict> answer : clients.invokeAll(asked)) {
        answers.add(of(answer));
      }
      return answers;
    }
  }

  private static Verdict of(Future<Verdict> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return Verdict.none(e);
    }
  }

  private static Map<Integer, Integer> statuses(List<Verdict> verdicts) {
    Map<Integer, Integer> counts = new TreeMap<>();
    verdicts.forEach(verdict -> counts.merge(verdict.status(), 1, Integer::sum));
    return counts;
  }

  private static void judge(List<Probe> probes, List<Verdict> expected, List<Verdict> actual)
      throws IOException {
    KnownDifferences known = KnownDifferences.read(KNOWN);
    List<String> differences = new ArrayList<>();
    int differing = 0;
    for (int i = 0; i < probes.size(); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        differing++;
        String difference =
            "%s%n    real:   %s%n    pintle: %s"
                .formatted(probes.get(i), expected.get(i), actual.get(i));
        if (!known.covers(difference)) {
          differences.add(difference);
        }
      }
    }
    System.err.printf(
        "access: %d answered alike, %d known to differ, %d differ%n",
        probes.size() - differing, differing - differences.size(), differences.size());
    String report = System.getProperty("pintle.access.report");
    if (report != null) {
      Files.write(Path.of(report), differences);
    }
    assertThat(differences.stream().limit(50)).isEmpty();
    assertThat(known.unneeded()).as("known differences that are none any more").isEmpty();
  }
}
