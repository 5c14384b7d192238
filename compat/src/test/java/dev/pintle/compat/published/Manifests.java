package dev.pintle.compat.published;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The documents of YAML below a folder.
///
/// @param read those that are objects
/// @param unread how many files have a document that is no YAML: templates, mostly
record Manifests(List<Manifest> read, int unread) {
  private static final long BYTES_MAX = 3L * 1024 * 1024;

  static Manifests of(Path folder, List<String> globs) throws IOException {
    return of(folder, globs, text -> text);
  }

  /// As [#of(Path, List)], of charts: the lines that are only of their templates are left out.
  static Manifests withoutTemplates(Path folder, List<String> globs) throws IOException {
    return of(
        folder,
        globs,
        text ->
            text.lines()
                .filter(line -> !line.contains("{{"))
                .collect(Collectors.joining("\n", "", "\n")));
  }

  private static Manifests of(Path folder, List<String> globs, UnaryOperator<String> prepared)
      throws IOException {
    List<PathMatcher> wanted =
        globs.stream().map(glob -> folder.getFileSystem().getPathMatcher("glob:" + glob)).toList();
    List<Manifest> read = new ArrayList<>();
    int unread = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path place = folder.relativize(file);
        if (wanted.stream().anyMatch(glob -> glob.matches(place))
            && Files.size(file) <= BYTES_MAX
            && !readInto(place.toString(), file, prepared, read)) {
          unread++;
        }
      }
    }
    return new Manifests(List.copyOf(read), unread);
  }

  private static boolean readInto(
      String place, Path file, UnaryOperator<String> prepared, List<Manifest> read)
      throws IOException {
    try {
      int number = 0;
      for (String document :
          prepared.apply(Files.readString(file)).split("(?m)^---(?=\\s|$)", -1)) {
        number++;
        Object tree = new Load(settings()).loadFromString(document);
        if (tree instanceof Map<?, ?> map && map.get("kind") instanceof String) {
          read.add(new Manifest(place + ":" + number, document.strip() + "\n", map));
        }
      }
      return true;
    } catch (YamlEngineException | MalformedInputException noYaml) {
      return false;
    }
  }

  private static LoadSettings settings() {
    return LoadSettings.builder().setAllowDuplicateKeys(true).build();
  }
}
