package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.server.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopGuardTest {
  @TempDir private Path folder;

  @Test
  void aStopThatDoesNotEndIsEndedAndItsStackWrittenDown() throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StuckStop.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitCode.STUCK.number());
      assertThat(Files.readString(log))
          .contains("stopping took longer than", "\"stop\" WAITING", "StuckStop.neverEnd");
    } finally {
      process.destroyForcibly();
    }
  }
}
