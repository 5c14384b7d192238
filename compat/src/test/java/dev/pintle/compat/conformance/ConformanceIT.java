package dev.pintle.compat.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Upstream's specs for conformance, those that the table says can judge a server without containers. What the programs of a run
/// wrote stays in `target/conformance`.
///
/// `-Dpintle.conformance=all` runs all of them, `=WORD,WORD` those with such words in their file or name.
class ConformanceIT {
  private static final String WANTED = System.getProperty("pintle.conformance", "quick");

  /// A few minutes' worth: a server that cannot call webhooks, count what a namespace has and clean up is none.
  private static final List<String> QUICK =
      List.of("garbage_collector", "crd_conversion_webhook", "admissionpolicy", "field_validation");

  private static final String SUITE = "e2e.test";
  private static final String AGNHOST = "agnhost";
  private static final String REPORT = "report.json";
  private static final Path OUTPUT = Path.of("target/conformance").toAbsolutePath();
  private static final Duration LISTED_MAX = Duration.ofMinutes(1);
  private static final Duration SPEC_MAX = Duration.ofMinutes(1);
  private static final Duration START_MAX = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void theTableKnowsEverySpec() throws IOException {
    ConformanceTable table = ConformanceTable.read();
    List<ConformanceSpec> specs = listed();
    assertThat(specs).filteredOn(spec -> table.line(spec).isEmpty()).isEmpty();
    Set<ConformanceTable.Line> used =
        specs.stream().flatMap(spec -> table.line(spec).stream()).collect(Collectors.toSet());
    assertThat(table.lines()).filteredOn(line -> !used.contains(line)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> upstreamsSpecPasses() throws IOException {
    ConformanceTable table = ConformanceTable.read();
    List<ConformanceSpec> wanted =
        listed().stream().filter(table::judges).filter(ConformanceIT::isWanted).toList();
    Map<String, ConformanceSpec> seen =
        run(wanted).stream().collect(Collectors.toMap(ConformanceSpec::name, Function.identity()));
    return wanted.stream()
        .map(spec -> DynamicTest.dynamicTest(spec.name(), () -> passed(seen.get(spec.name()))));
  }

  private static void passed(@Nullable ConformanceSpec spec) {
    assertThat(spec).isNotNull().matches(ConformanceSpec::passed, "passed; see " + OUTPUT);
  }

  private static boolean isWanted(ConformanceSpec spec) {
    if (WANTED.equals("all")) {
      return true;
    }
    List<String> words = WANTED.equals("quick") ? QUICK : List.of(WANTED.split(","));
    return words.stream().anyMatch((spec.file() + " " + spec.name())::contains);
  }

  /// All specs there are, none of them run.
  private List<ConformanceSpec> listed() throws IOException {
    Path report = folder.resolve("listed.json");
    Tool.Result result =
        Tool.of(
                Peers.require(SUITE),
                "--provider=skeleton",
                "--kubeconfig=" + Files.writeString(folder.resolve("kubeconfig"), ""),
                "--ginkgo.dry-run",
                "--ginkgo.focus=\\[Conformance\\]",
                "--ginkgo.json-report=" + report)
            .within(LISTED_MAX)
            .run();
    assertThat(report).as(result.out() + result.err()).exists();
    return ConformanceSpec.read(report);
  }

  private List<ConformanceSpec> run(List<ConformanceSpec> wanted) throws IOException {
    requireNamespaces();
    List.of(ClusterStage.CONTROLLERS, ClusterStage.SCHEDULER, AGNHOST).forEach(Peers::require);
    Duration timeMax = SPEC_MAX.multipliedBy(wanted.size()).plus(START_MAX);
    String focus =
        wanted.stream()
            .map(ConformanceSpec::name)
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    List<String> suite =
        List.of(
            Peers.require(SUITE).toString(),
            "--provider=skeleton",
            "--kubectl-path=" + Peers.require("kubectl"),
            "--allowed-not-ready-nodes=-1",
            "--minStartupPods=0",
            "--ginkgo.focus=" + focus,
            "--ginkgo.timeout=" + timeMax.toSeconds() + "s",
            "--ginkgo.v",
            "--ginkgo.no-color",
            "--ginkgo.json-report=" + OUTPUT.resolve(REPORT));
    Files.createDirectories(OUTPUT);
    List<String> command =
        ClusterStage.command(OUTPUT, Map.of("/agnhost:", Peers.require(AGNHOST)), timeMax, suite);
    try (Child stage = Child.start(command, OUTPUT.resolve(ClusterStage.STAGE_LOG))) {
      stage.awaitExit(timeMax.plus(START_MAX));
      assertThat(OUTPUT.resolve(REPORT)).as(stage.log()).exists();
    }
    return ConformanceSpec.read(OUTPUT.resolve(REPORT));
  }

  /// A pod's address must be one that nobody else sees.
  private static void requireNamespaces() {
    if (!ClusterStage.isPossible()) {
      String line =
          "not judged by upstream's specs: no network of their own can be made here (unshare, ip)";
      System.err.println(line);
      throw new TestAbortedException(line);
    }
  }
}
