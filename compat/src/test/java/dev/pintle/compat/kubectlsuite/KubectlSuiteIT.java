package dev.pintle.compat.kubectlsuite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What upstream asks of kubectl and its server, function by function, as the table beside the driver says. The whole output of a
/// red one stays in `target/kubectl-suite`.
///
/// `-Dpintle.kubectl.suite=all` runs the long ones too, `-Dpintle.kubectl.only=WORD,WORD` those with such names, whatever the table
/// says. `-Dpintle.kubectl.server=upstream` asks the real pair as upstream starts it for this suite, and `=defaults` the real
/// pair with the admission that it has by itself: so the table is made.
class KubectlSuiteIT {
  private static final boolean WHOLE =
      System.getProperty("pintle.kubectl.suite", "quick").equals("all");
  private static final String SERVER = System.getProperty("pintle.kubectl.server", "pintle");
  private static final List<String> ONLY =
      Stream.of(System.getProperty("pintle.kubectl.only", "").toLowerCase(Locale.ROOT).split(","))
          .filter(word -> !word.isEmpty())
          .toList();

  /// What the suite runs beside kubectl.
  private static final List<String> SHELL_TOOLS =
      List.of("bash", "awk", "curl", "diff", "jq", "openssl", "sed", "tput");

  private static final String BETWEEN = "between";
  private static final Path OUTPUT = Path.of("target/kubectl-suite");
  private static final Duration FUNCTION_MAX = Duration.ofMinutes(4);
  private static final int LINES_SHOWN = 40;

  @TempDir private Path folder;

  private @Nullable SuiteCopy suite;
  private @Nullable SuiteStage stage;
  private int starts;

  @BeforeEach
  void copy() throws IOException {
    for (String tool : SHELL_TOOLS) {
      if (!isInstalled(tool)) {
        throw SuiteCopy.notJudged(tool + " is not installed");
      }
    }
    suite = SuiteCopy.into(folder.resolve("suite"));
    Files.createDirectories(OUTPUT);
  }

  @AfterEach
  void end() throws IOException {
    close();
    if (suite != null) {
      suite.unlink();
    }
  }

  private void close() {
    if (stage != null) {
      stage.close();
      stage = null;
    }
  }

  @Test
  void everyFunctionOfUpstreamsSuiteIsInTheTable() throws IOException {
    assertThat(SuiteFunction.all().stream().map(SuiteFunction::name))
        .doesNotHaveDuplicates()
        .filteredOn(name -> !name.equals(BETWEEN))
        .containsExactlyInAnyOrderElementsOf(copied().functions());
  }

  @TestFactory
  Stream<DynamicTest> upstreamsFunctionPasses() {
    return SuiteFunction.all().stream()
        .filter(KubectlSuiteIT::isWanted)
        .map(function -> DynamicTest.dynamicTest(function.name(), () -> passes(function)));
  }

  private static boolean isWanted(SuiteFunction function) {
    if (!ONLY.isEmpty()) {
      return ONLY.stream().anyMatch(function.name().toLowerCase(Locale.ROOT)::contains);
    }
    return switch (function.when()) {
      case QUICK -> true;
      case LONG -> WHOLE;
      case OUT -> false;
    };
  }

  /// What a red function left behind is not seen by the next one: it has a new server.
  private void passes(SuiteFunction function) throws Exception {
    SuiteStage here = stage();
    for (String needed : function.needs()) {
      if (!here.has(needed) && !isInstalled(needed)) {
        throw SuiteCopy.notJudged(
            "%s needs %s, which is not here".formatted(function.name(), needed));
      }
    }
    Path output = OUTPUT.resolve(function.name() + ".log").toAbsolutePath();
    Optional<Integer> exit = run(function, here.server(), output);
    if (!exit.equals(Optional.of(0))) {
      close();
    }
    assertThat(exit)
        .as(
            "%s %s; the whole output is in %s; its end:%n%s",
            function.name(),
            exit.map(code -> "ended with " + code).orElse("did not end within " + FUNCTION_MAX),
            output,
            end(output))
        .contains(0);
    Files.delete(output);
  }

  private SuiteCopy copied() {
    if (suite == null) {
      throw new IllegalStateException("not copied yet");
    }
    return suite;
  }

  private SuiteStage stage() throws IOException {
    if (stage == null) {
      Path here = folder.resolve("server" + starts++);
      SuiteServer server =
          switch (SERVER) {
            case "pintle" -> SuitePintle.start(here);
            case "upstream" -> SuiteApiserver.start(copied(), here, true);
            case "defaults" -> SuiteApiserver.start(copied(), here, false);
            default ->
                throw new IllegalArgumentException(
                    SERVER + ": no such server (expected: pintle, upstream or defaults)");
          };
      stage = SuiteStage.around(server, copied(), folder.resolve("stage" + starts));
    }
    return stage;
  }

  /// The exit code; empty when the time was over and what the driver had started was ended with it.
  private Optional<Integer> run(SuiteFunction function, SuiteServer server, Path output)
      throws IOException, InterruptedException {
    Path temporary = Files.createTempDirectory(folder, "tmp");
    Files.copy(server.certificate(), temporary.resolve("apiserver.crt"));
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash", SuiteFunction.folder().resolve("drive.sh").toString(), function.name());
    builder.environment().put("KUBE_ROOT", copied().root().toString());
    builder.environment().put("SECURE_API_PORT", Integer.toString(server.port()));
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("KUBE_JUNIT_REPORT_DIR", temporary.resolve("junit").toString());
    Process driver =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return driver.waitFor(FUNCTION_MAX.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(driver.exitValue())
          : Optional.empty();
    } finally {
      List<ProcessHandle> started = driver.descendants().toList();
      driver.destroyForcibly().waitFor();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static String end(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
  }

  private static boolean isInstalled(String tool) {
    return Tool.of(Path.of("sh"), "-c", "command -v \"$1\"", "sh", tool).run().exit() == 0;
  }
}
