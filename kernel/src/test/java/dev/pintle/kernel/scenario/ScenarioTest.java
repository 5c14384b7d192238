package dev.pintle.kernel.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The player of `src/test/scenarios/*.txt`. `-Dpintle.scenarios.rewrite=true` writes the answers of today into the
/// files, for their difference to be reviewed.
final class ScenarioTest {
  private static final Path FOLDER = Path.of("src/test/scenarios");

  static Stream<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theStoryEndsAsWritten(Path file) throws IOException {
    String written = Files.readString(file);
    String replayed = Scenario.replay(written, new ScenarioStore()::answer);
    if (Boolean.getBoolean("pintle.scenarios.rewrite")) {
      Files.writeString(file, replayed);
    } else {
      assertThat(replayed).isEqualTo(written);
    }
  }
}
