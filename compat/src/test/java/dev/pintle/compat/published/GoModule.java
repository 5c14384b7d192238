package dev.pintle.compat.published;

import dev.pintle.compat.harness.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A module of Go, fetched once into Go's own cache.
///
/// @param name path and version, as `go mod download` takes them
record GoModule(String name) {
  private static final Duration FETCH_MAX = Duration.ofSeconds(90);

  /// Where a module is, or why it is nowhere.
  sealed interface Place {
    record Found(Path folder) implements Place {}

    record Missing(String reason) implements Place {}
  }

  Place locate() throws IOException {
    Optional<Path> go = program();
    if (go.isEmpty()) {
      return new Place.Missing("go: not on the PATH (expected: Go, which fetches modules)");
    }
    // Away from every module, so that none is asked what it requires.
    Path away = Files.createTempDirectory("pintle-go");
    Tool.Result result =
        Tool.of(go.get(), "-C", away.toString(), "mod", "download", "-json", name)
            .within(FETCH_MAX)
            .run();
    Files.delete(away);
    return result.exit() == -1
        ? new Place.Missing("%s: not fetched within %s".formatted(name, FETCH_MAX))
        : told(result);
  }

  private Place told(Tool.Result result) {
    if (!result.out().startsWith("{")) {
      return new Place.Missing("%s: %s".formatted(name, result.err().strip()));
    }
    JsonNode answer = new ObjectMapper().readTree(result.out());
    String folder = answer.path("Dir").asString("");
    return folder.isEmpty()
        ? new Place.Missing(answer.path("Error").asString(result.err()).strip())
        : new Place.Found(Path.of(folder));
  }

  private static Optional<Path> program() {
    String path = System.getenv("PATH");
    return Stream.of((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
