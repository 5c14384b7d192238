package dev.pintle.compat.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// The real programs, where they were built.
public final class Peers {
  private Peers() {}

  /// The program `name`, or the end of the test with a line that says what was not judged.
  public static Path require(String name) {
    Optional<Path> found = find(name);
    if (found.isEmpty()) {
      String line =
          "not judged by %1$s: it is not built (./pintle peers %1$s builds it, or PINTLE_PEERS names its folder)"
              .formatted(name);
      System.err.println(line);
      throw new TestAbortedException(line);
    }
    return found.get();
  }

  public static Optional<Path> find(String name) {
    String named = System.getenv("PINTLE_PEERS");
    Path folder =
        named == null || named.isEmpty() ? house().resolve("compat/peers/bin") : Path.of(named);
    Path program = folder.resolve(name);
    return Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
  }

  /// The root of the repository: the folder above the module that has the launcher.
  public static Path house() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("pintle"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no launcher above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}
