package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole corpus to both servers. `open-differences.txt` beside the corpus names the requests that are still answered
/// differently: nothing may be added to it, and a request that it does not name must be answered alike.
/// `-Dpintle.twin.report=FILE` writes every difference down.
class KubeTwinIT {
  private static final Path CORPUS = Path.of("src/test/twin");
  private static final Path OPEN = CORPUS.resolve("open-differences.txt");
  private static final int PROGRESS_EVERY = 100;
  private static final Pattern TOKEN = Pattern.compile("token:\\s*\"?([^\\s\"]+)");

  @TempDir private Path data;

  private final Map<TwinRequest, List<String>> differing = new LinkedHashMap<>();

  @Test
  void theRealServerAndPintleAnswerAlike() throws IOException, InterruptedException {
    Peers.require("kube-apiserver");
    List<TwinRequest> corpus = Corpus.read(CORPUS);
    Set<String> open = new HashSet<>(Files.readAllLines(OPEN));
    compare(corpus);
    report();
    System.err.printf(
        "twin: %d requests compared, %d answered alike, %d known to differ%n",
        corpus.size(), corpus.size() - differing.size(), open.size());
    List<String> unexpected = new ArrayList<>();
    differing.forEach((request, differences) -> {
      if (request.difference().isEmpty() && !open.contains(request.toString())) {
        unexpected.add(text(request, differences));
      }
    });
    assertThat(unexpected).isEmpty();
  }

  private void compare(List<TwinRequest> corpus) throws IOException, InterruptedException {
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
          System.err.printf("twin: %d of %d requests%n", sent, corpus.size());
        }
        List<String> differences =
            differences(Normalized.of(theirs.send(request)), Normalized.of(ours.send(request)));
        if (!differences.isEmpty()) {
          differing.put(request, differences);
        }
      }
    }
  }

  private static String text(TwinRequest request, List<String> differences) {
    return request + "\n" + String.join("\n", differences);
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

  private void report() throws IOException {
    String file = System.getProperty("pintle.twin.report");
    if (file != null) {
      Files.write(
          Path.of(file),
          differing.entrySet().stream().map(one -> text(one.getKey(), one.getValue())).toList());
    }
  }

  private static String token(Path kubeconfig) throws IOException {
    Matcher matcher = TOKEN.matcher(Files.readString(kubeconfig));
    assertThat(matcher.find()).as("a token in " + kubeconfig).isTrue();
    return matcher.group(1);
  }
}
