package dev.pintle.compat.kubectlsuite;

import dev.pintle.compat.harness.GoldenData;
import dev.pintle.compat.harness.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A copy of the suite that may be written to, with the programs where the suite looks for them. Modules have no executable
/// files; what begins as a script is made executable again.
record SuiteCopy(Path root) {
  private static final String MODULE = "k8s.io/kubernetes";
  private static final List<String> COPIED =
      List.of(
          "hack/lib",
          "hack/testdata",
          "test/cmd",
          "test/fixtures",
          "test/e2e/testing-manifests",
          "third_party/forked/shell2junit");
  private static final String PROGRAMS = "_output/bin";
  private static final String FUNCTIONS = "test/cmd/legacy-script.sh";
  private static final String RECORDED = "record_command run_";

  /// @param folder where the copy is made
  static SuiteCopy into(Path folder) throws IOException {
    Path module = module();
    for (String part : COPIED) {
      copy(module.resolve(part), folder.resolve(part));
    }
    Path programs = Files.createDirectories(folder.resolve(PROGRAMS));
    link(programs, "kubectl", Peers.require("kubectl"));
    Optional<Path> convert = Peers.find("kubectl-convert");
    if (convert.isPresent()) {
      link(programs, "kubectl-convert", convert.get());
    }
    return new SuiteCopy(folder);
  }

  /// The module, or the end of the test with a line that says what was not judged.
  private static Path module() throws IOException {
    Path module = GoldenData.modules().resolve(MODULE + "@" + version());
    if (!Files.exists(module.resolve(FUNCTIONS))) {
      throw notJudged("Go has no module %s@%s here".formatted(MODULE, version()));
    }
    return module;
  }

  static TestAbortedException notJudged(String why) {
    String line = "not judged by upstream's kubectl suite: " + why;
    System.err.println(line);
    return new TestAbortedException(line);
  }

  /// The only place where the version stands is the recipe of the peers.
  private static String version() throws IOException {
    String required = "require " + MODULE + " ";
    return Files.readAllLines(Peers.house().resolve("compat/peers/kubernetes/go.mod")).stream()
        .filter(line -> line.startsWith(required))
        .map(line -> line.substring(required.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  private static void link(Path programs, String name, Path program) throws IOException {
    Files.createSymbolicLink(programs.resolve(name), program.toAbsolutePath());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path one : (Iterable<Path>) found::iterator) {
        Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else {
          copyFile(one, target);
        }
      }
    }
  }

  private static void copyFile(Path from, Path to) throws IOException {
    byte[] content = Files.readAllBytes(from);
    Files.write(to, content);
    if (new String(content, 0, Math.min(2, content.length), StandardCharsets.ISO_8859_1)
        .equals("#!")) {
      to.toFile().setExecutable(true);
    }
  }

  /// The names of the functions that upstream runs.
  Set<String> functions() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(root.resolve(FUNCTIONS))) {
      String words = line.strip();
      if (words.startsWith(RECORDED)) {
        names.add(words.substring(RECORDED.length() - "run_".length()));
      }
    }
    return names;
  }

  /// Takes the programs away, which are not the copy's own.
  void unlink() throws IOException {
    for (String name : List.of("kubectl", "kubectl-convert")) {
      Files.deleteIfExists(root.resolve(PROGRAMS).resolve(name));
    }
  }

  Path file(String name) {
    return root.resolve(name);
  }
}
