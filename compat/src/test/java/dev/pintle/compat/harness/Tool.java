package dev.pintle.compat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A command line with a time limit. Output goes through files, so that neither stream can block the other.
public record Tool(List<String> command, Map<String, String> environment, Duration timeMax) {
  public static final Duration TIME_MAX = Duration.ofSeconds(20);

  /// The outcome of a run of a program.
  ///
  /// @param exit the exit code; -1 when the time was over and the process was killed
  public record Result(int exit, String out, String err) {}

  public Tool {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public static Tool of(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new Tool(command, Map.of(), TIME_MAX);
  }

  public Tool with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    return new Tool(command, changed, timeMax);
  }

  public Tool within(Duration limit) {
    return new Tool(command, environment, limit);
  }

  public Result run() {
    return run("");
  }

  public Result run(String input) {
    try {
      Path folder = Files.createTempDirectory("pintle-tool");
      Path in = Files.writeString(folder.resolve("in"), input);
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      Process process =
          builder()
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      int exit = await(process);
      Result result = new Result(exit, text(out), text(err));
      for (Path file : List.of(in, out, err, folder)) {
        Files.delete(file);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  private int await(Process process) {
    try {
      if (process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly().waitFor();
      return -1;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command + " ran", e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
