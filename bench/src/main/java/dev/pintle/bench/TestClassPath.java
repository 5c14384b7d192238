package dev.pintle.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The class path of a test of somebody who depends on module `embed` and nothing else, as the build wrote it down, and behind it the bench.
///
/// @param jars of Pintle and of the libraries that come with it
/// @param bench the jar of the bench
record TestClassPath(List<Path> jars, Path bench) {
  private static final String BUILT = "target/quick";

  /// @throws IOException when the build has not written it down
  static TestClassPath of(Path root) throws IOException {
    String written =
        Files.readString(root.resolve("embed").resolve(BUILT).resolve("runtime.classpath"));
    List<Path> jars = new ArrayList<>();
    jars.add(jar(root, "embed"));
    for (String each : written.strip().split(File.pathSeparator, -1)) {
      jars.add(Path.of(each));
    }
    return new TestClassPath(List.copyOf(jars), jar(root, "bench"));
  }

  private static Path jar(Path root, String module) throws IOException {
    Path folder = root.resolve(module).resolve(BUILT);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(module + "-[0-9].*\\.jar"))
          .filter(file -> !file.toString().endsWith("-tests.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("%s: no jar (expected: a build)".formatted(folder)));
    }
  }

  double megabytes() throws IOException {
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    return bytes / 1e6;
  }

  String text() {
    List<String> all = new ArrayList<>(jars.stream().map(Path::toString).toList());
    all.add(bench.toString());
    return String.join(File.pathSeparator, all);
  }
}
