package dev.pintle.compat.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A server as a child process. Whatever happens to the test, it ends with the JVM that started it.
public final class Child implements AutoCloseable {
  private static final Duration STOP_MAX = Duration.ofSeconds(15);
  private static final long FIRST_LOOK_MILLIS = 5;
  private static final long LAST_LOOK_MILLIS = 100;

  /// So much of what was waited already may be waited once more: no look is late by more, and a long wait takes few looks.
  private static final int LATE_BY = 20;

  private static final long DUMP_MILLIS = 1000;
  private static final List<String> WARNINGS =
      List.of("WARN", "ERROR", "\"level\":\"warn\"", "\"level\":\"error\"", "\"level\":\"fatal\"");

  private final Process process;
  private final Path log;
  private final Thread guard;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.guard = new Thread(process::destroyForcibly, "guard");
    Runtime.getRuntime().addShutdownHook(guard);
  }

  /// @param log where the process' output goes
  public static Child start(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Child(process, log);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException gone) {
      return "(no log: " + gone.getMessage() + ")";
    }
  }

  /// Lines of the log that warn, in the forms of both logs. That a loop of events came late is no fault on a machine that others use too.
  public List<String> warnings() {
    return log()
        .lines()
        .filter(line -> WARNINGS.stream().anyMatch(line::contains))
        .filter(line -> !line.contains("has not come round for"))
        .toList();
  }

  /// Looks until `condition` gives something; fails when the process ends before, or the time is over.
  public <T> T await(String what, Duration timeMax, Supplier<Optional<T>> condition) {
    long start = System.nanoTime();
    long waited = 0;
    while (waited < timeMax.toMillis()) {
      Optional<T> found = condition.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (waitFor(Math.clamp(waited / LATE_BY, FIRST_LOOK_MILLIS, LAST_LOOK_MILLIS))) {
        break;
      }
      waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
    throw new AssertionError("%s did not come; %s; the log:\n%s".formatted(what, state(), log()));
  }

  /// How the process is; one that goes on is asked to write down what its threads do.
  private String state() {
    if (!process.isAlive()) {
      return "the process ended with " + process.exitValue();
    }
    Tool.of(Path.of("kill"), "-QUIT", Long.toString(pid())).run();
    waitFor(DUMP_MILLIS);
    return "the process goes on";
  }

  /// Waits for the end by itself; answers the exit code.
  public int awaitExit(Duration timeMax) {
    if (!waitFor(timeMax.toMillis())) {
      throw new AssertionError("still running after %s; the log:\n%s".formatted(timeMax, log()));
    }
    return process.exitValue();
  }

  /// SIGTERM; answers the exit code.
  public int terminate() {
    process.destroy();
    return awaitExit(STOP_MAX);
  }

  /// SIGKILL.
  public void kill() {
    process.destroyForcibly();
    waitFor(STOP_MAX.toMillis());
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(guard);
    } catch (IllegalStateException alreadyEnding) {
      // the guard does its work now
    }
  }

  private boolean waitFor(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
