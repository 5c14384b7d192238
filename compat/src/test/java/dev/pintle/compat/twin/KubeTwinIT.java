package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole corpus to both servers. `-Dpintle.twin.report=FILE` writes every difference down.
class KubeTwinIT {
  private static final Path CORPUS = Path.of("src/test/twin");
  private static final int PROGRESS_EVERY = 100;
  private static final Pattern TOKEN = Pattern.compile("token:\\s*\"?([^\\s\"]+)");

  @TempDir private Path data;

  @Test
  void theRealServerAndPintleAnswerAlike() throws IOException, InterruptedException {
    Peers.require("kube-apiserver");
    List<TwinRequest> corpus = Corpus.read(CORPUS);
    List<String> unexpected = new ArrayList<>();
    int differing = 0;
    try (RealPair real = RealPair.start(data.resolve("real"));
        RunningPintle pintle =
            RunningPintle.up(
                data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
        HttpClient client = TrustAnyone.client()) {
      TwinServer theirs = new TwinServer("real", real.kube(), real.token(), client);
      TwinServer ours = new TwinServer("pintle", pintle.kube(), token(pintle.kubeconfig()), client);
      int sent = 0;
      for (TwinRequest request : corpus) {
        if (++sent % PROGRESS_EVERY == 0) {
          System.err.printf(
              "twin: %d of %d requests, %d unexpected%n", sent, corpus.size(), unexpected.size());
        }
        List<String> differences =
            differences(Normalized.of(theirs.send(request)), Normalized.of(ours.send(request)));
        differing += differences.isEmpty() ? 0 : 1;
        if (differences.isEmpty() == request.difference().isPresent()) {
          unexpected.add(
              request
                  + "\n"
                  + (differences.isEmpty()
                      ? "  no longer differs"
                      : String.join("\n", differences)));
        }
      }
    }
    System.err.printf(
        "twin: %d requests compared, %d answered alike, %d unexpected%n",
        corpus.size(), corpus.size() - differing, unexpected.size());
    report(unexpected);
    assertThat(unexpected).isEmpty();
  }

  private static List<String> differences(
      Map<String, String> expected, Map<String, String> actual) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      String there = expected.getOrDefault(name, "(absent)");
      String here = actual.getOrDefault(name, "(absent)");
      if (!there.equals(here)) {
        differences.add("  %s%n    real:   %s%n    pintle: %s".formatted(name, there, here));
      }
    }
    return differences;
  }

  private static void report(List<String> unexpected) throws IOException {
    String file = System.getProperty("pintle.twin.report");
    if (file != null) {
      Files.write(Path.of(file), unexpected);
    }
  }

  private static String token(Path kubeconfig) throws IOException {
    Matcher matcher = TOKEN.matcher(Files.readString(kubeconfig));
    assertThat(matcher.find()).as("a token in " + kubeconfig).isTrue();
    return matcher.group(1);
  }
}
