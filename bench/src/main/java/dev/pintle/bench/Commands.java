package dev.pintle.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The runner of other programs, each with a time limit.
final class Commands {
  private Commands() {}

  /// What `command` printed on both outputs.
  ///
  /// @throws IOException when it fails or does not end within `limit`; the message holds the end of what it printed
  static String run(Duration limit, List<String> command) throws IOException, InterruptedException {
    return run(limit, Map.of(), command);
  }

  /// As [#run(Duration, List)], with more in the environment.
  static String run(Duration limit, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("pintle-bench", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            "%s: %s (expected: exit 0 within %d s)%n%s"
                .formatted(
                    String.join(" ", command),
                    ended ? "exit " + process.exitValue() : "still running",
                    limit.toSeconds(),
                    tail(text)));
      }
      return text;
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /// As [#run], for callers that may not be interrupted: an interruption ends the wait as an error.
  static String runUninterrupted(Duration limit, List<String> command) throws IOException {
    try {
      return run(limit, command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", command));
    }
  }

  private static String tail(String text) {
    return text.length() <= 2000 ? text : text.substring(text.length() - 2000);
  }
}
