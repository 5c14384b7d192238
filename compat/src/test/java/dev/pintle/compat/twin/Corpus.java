package dev.pintle.compat.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The reader of the requests of a folder. A file holds requests separated by lines `%%`:
///
/// ```
/// # a title, or nothing
/// ~ why the answers differ, or nothing; `~FACT,FACT why` when all but these facts must be alike
/// POST /api/v1/namespaces
/// Content-Type: application/json
///
/// {"metadata": {"name": "a"}}
/// %%
/// ```
/// What a fact is tells [KnownDifference].
public final class Corpus {
  private Corpus() {}

  /// The requests of every file, files in the order of their names.
  public static List<TwinRequest> read(Path folder) throws IOException {
    List<TwinRequest> requests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".twin")).sorted().toList()) {
        int number = 0;
        for (String block : Files.readString(file).split("(?m)^%%\\n?", -1)) {
          number++;
          if (!block.isBlank()) {
            requests.add(request(file.getFileName() + ":" + number, block));
          }
        }
      }
    }
    return requests;
  }

  private static TwinRequest request(String place, String block) {
    List<String> lines = new ArrayList<>(block.lines().toList());
    String title = takePrefixed(lines, "# ").orElse("");
    Optional<KnownDifference> known = takePrefixed(lines, "~").map(KnownDifference::parse);
    String[] start = lines.removeFirst().split(" ", 2);
    if (start.length != 2) {
      throw new IllegalArgumentException(
          "%s: %s (expected: METHOD PATH)".formatted(place, start[0]));
    }
    List<TwinRequest.Header> headers = new ArrayList<>();
    while (!lines.isEmpty() && !lines.getFirst().isEmpty()) {
      String[] header = lines.removeFirst().split(": ", 2);
      headers.add(new TwinRequest.Header(header[0], header.length == 2 ? header[1] : ""));
    }
    String body = lines.isEmpty() ? "" : String.join("\n", lines.subList(1, lines.size()));
    return new TwinRequest(place, title, start[0], start[1], List.copyOf(headers), body, known);
  }

  private static Optional<String> takePrefixed(List<String> lines, String prefix) {
    return !lines.isEmpty() && lines.getFirst().startsWith(prefix)
        ? Optional.of(lines.removeFirst().substring(prefix.length()))
        : Optional.empty();
  }
}
