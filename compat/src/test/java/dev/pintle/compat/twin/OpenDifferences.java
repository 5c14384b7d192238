package dev.pintle.compat.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The requests that are answered differently and should not be, one a line as `METHOD PATH (title)`; above each stands what
/// is to be done. It only shrinks: a request that it names and that is answered alike must go from it.
record OpenDifferences(Set<String> names) {
  static OpenDifferences read(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#") && !names.add(line)) {
        throw new IllegalArgumentException(
            "%s: %s (expected: once)".formatted(file.getFileName(), line));
      }
    }
    return new OpenDifferences(names);
  }

  /// What is wrong with the answers, given what is known of them.
  List<String> judge(List<TwinRequest> corpus, Map<TwinRequest, List<Difference>> differing) {
    List<String> wrong = new ArrayList<>();
    for (TwinRequest request : corpus) {
      List<Difference> differences = differing.getOrDefault(request, List.of());
      List<String> untold =
          request
              .known()
              .map(known -> known.untold(differences))
              .orElseGet(() -> differences.stream().map(Difference::toString).toList());
      if (names.contains(request.name())) {
        if (untold.isEmpty()) {
          wrong.add(request + "\n  alike (expected: its line in open-differences.txt taken away)");
        }
      } else if (!untold.isEmpty()) {
        wrong.add(request + "\n" + String.join("\n", untold));
      }
    }
    names.forEach(name -> ofOne(name, corpus, wrong));
    return wrong;
  }

  private static void ofOne(String name, List<TwinRequest> corpus, List<String> wrong) {
    long named = corpus.stream().filter(request -> request.name().equals(name)).count();
    if (named != 1) {
      wrong.add(
          "open-differences.txt: %s: names %d requests (expected: 1; a title tells requests apart)"
              .formatted(name, named));
    }
  }
}
