package dev.pintle.bench;

import dev.pintle.bench.embedded.ServerInJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM as one of tests, with [ServerInJvm] in it.
final class TestJvm implements AutoCloseable {
  private static final int END_SECONDS_MAX = 60;

  private final Process process;
  private final BufferedReader answers;

  private TestJvm(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  static TestJvm start(TestClassPath classPath, List<String> flags, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath.text(), ServerInJvm.class.getName()));
    command.addAll(List.of(arguments));
    return new TestJvm(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /// The words of its next line, which must begin with `name`.
  List<String> answer(String name) throws IOException {
    String line = answers.readLine();
    List<String> words = line == null ? List.of("") : List.of(line.split(" ", -1));
    if (!words.getFirst().equals(name)) {
      throw new IOException("a test's JVM: %s (expected: %s)".formatted(line, name));
    }
    return words.subList(1, words.size());
  }

  List<Double> figures(String name) throws IOException {
    return answer(name).stream().map(Double::valueOf).toList();
  }

  /// Lets it come to its end, so that it writes what it has to write.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
