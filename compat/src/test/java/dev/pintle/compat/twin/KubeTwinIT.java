package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.rules.CoveredServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole corpus to both servers. What is meant to differ says so in the corpus, and `open-differences.txt` beside it names
/// what should not differ and does; whatever else differs fails, and so does what is said to differ and does not.
/// `-Dpintle.twin.report=FILE` writes every difference down, `-Dpintle.twin.only=WORD,WORD` sends only the files with such names,
/// `-Dpintle.twin.rules=FILE` writes down how many of the real server's rules of each kind the corpus makes it tell.
class KubeTwinIT {
  private static final Path CORPUS = Path.of("src/test/twin");
  private static final Path OPEN = CORPUS.resolve("open-differences.txt");
  private static final String ONLY = System.getProperty("pintle.twin.only", "");
  private static final @Nullable String RULES = System.getProperty("pintle.twin.rules");
  private static final int PROGRESS_EVERY = 100;
  private static final int NAMED_MAX = 5;

  @TempDir private Path data;

  private final Map<TwinRequest, List<Difference>> differing = new LinkedHashMap<>();

  @Test
  void theRealServerAndPintleAnswerAlike() throws IOException, InterruptedException {
    Peers.require("kube-apiserver");
    List<TwinRequest> corpus = Corpus.read(CORPUS).stream().filter(KubeTwinIT::isAsked).toList();
    OpenDifferences open = open(corpus);
    compare(corpus);
    report();
    System.err.printf(
        "twin: %d requests compared, %d answered alike, %d meant to differ, %d open%n",
        corpus.size(),
        corpus.size() - differing.size(),
        corpus.stream().filter(request -> request.known().isPresent()).count(),
        open.names().size());
    assertThat(corpus).isNotEmpty();
    List<String> wrong = open.judge(corpus, differing);
    assertThat(wrong).as(firstOf(wrong)).isEmpty();
  }

  /// Who sees the first line of a failure only shall know what failed.
  private static String firstOf(List<String> wrong) {
    return wrong.stream()
        .limit(NAMED_MAX)
        .map(one -> one.lines().findFirst().orElse(""))
        .collect(Collectors.joining("; ", wrong.size() + " differ: ", ""));
  }

  private static boolean isAsked(TwinRequest request) {
    return Stream.of(ONLY.split(",", -1)).anyMatch(request.place()::contains);
  }

  /// Of a part of the corpus only what is open in it.
  private static OpenDifferences open(List<TwinRequest> corpus) throws IOException {
    OpenDifferences open = OpenDifferences.read(OPEN);
    if (ONLY.isEmpty()) {
      return open;
    }
    Set<String> asked = corpus.stream().map(TwinRequest::name).collect(Collectors.toSet());
    asked.retainAll(open.names());
    return new OpenDifferences(asked);
  }

  private void compare(List<TwinRequest> corpus) throws IOException, InterruptedException {
    CoveredServer covered = new CoveredServer(data);
    try (RealPair real =
            RealPair.start(data.resolve("real"), RULES == null ? Map.of() : covered.environment());
        RunningPintle pintle =
            RunningPintle.alone(
                data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
        HttpClient client = TrustAnyone.client()) {
      TwinPair pair = TwinPair.of(real, pintle, client);
      AtomicInteger told = new AtomicInteger();
      pair.compare(
          corpus,
          (request, differences) -> {
            if (told.incrementAndGet() % PROGRESS_EVERY == 0) {
              System.err.printf("twin: %d of %d requests%n", told.get(), corpus.size());
            }
            if (!differences.isEmpty()) {
              differing.put(request, differences);
            }
          });
    }
    if (RULES != null) {
      Files.write(Path.of(RULES), covered.coverage().lines());
    }
  }

  private void report() throws IOException {
    String file = System.getProperty("pintle.twin.report");
    if (file != null) {
      List<String> lines = new ArrayList<>();
      differing.forEach((request, differences) -> {
        lines.add(request.toString());
        differences.forEach(difference -> lines.add(difference.toString()));
      });
      Files.write(Path.of(file), lines);
    }
  }
}
