package dev.pintle.compat.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// The source of a project that a peer was built from, where Go keeps it: charts and manifests lie in it.
///
/// @param version as Go has it
/// @param folder that nothing may be written to
public record PeerSource(String version, Path folder) {

  /// The version is that of the peers' recipe; a source that is not there ends the test with a line that says so.
  ///
  /// @param recipe the folder of the recipe
  /// @param module the path of the project's module
  public static PeerSource require(String recipe, String module) throws IOException {
    String version = version(recipe, module);
    Path folder = GoldenData.modules().resolve(escaped(module) + "@" + version);
    if (!Files.exists(folder)) {
      String line =
          "not judged by %s: Go has no module %s@%s here".formatted(recipe, module, version);
      System.err.println(line);
      throw new TestAbortedException(line);
    }
    return new PeerSource(version, folder);
  }

  /// The only place where the version stands is the recipe.
  private static String version(String recipe, String module) throws IOException {
    Path recipes = Peers.house().resolve("compat/peers");
    return Files.readAllLines(recipes.resolve(recipe).resolve("go.mod")).stream()
        .map(line -> List.of(line.strip().replaceFirst("^require ", "").split(" ")))
        .filter(words -> words.size() > 1 && words.getFirst().equals(module))
        .map(words -> words.get(1))
        .findFirst()
        .orElseThrow();
  }

  /// A copy of a folder of the source that may be written to, without what is written for people.
  public void copy(String from, Path to) throws IOException {
    Path source = folder.resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.toString().endsWith(".md")) {
          // Not a copy of the file's rights.
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
  }

  /// As Go's cache names a path: small letters only, each great one behind a mark.
  private static String escaped(String module) {
    StringBuilder name = new StringBuilder();
    module
        .chars()
        .forEach(letter -> {
          String one = Character.toString(letter);
          name.append(Character.isUpperCase(letter) ? "!" + one.toLowerCase(Locale.ROOT) : one);
        });
    return name.toString();
  }
}
