package dev.pintle.compat.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The answers that differ on purpose: lines of patterns of what [AccessMatrixIT] says of a difference, under a line that begins
/// with `#` and says why.
final class KnownDifferences {
  private final List<Pattern> patterns = new ArrayList<>();
  private final Set<Pattern> seen = new HashSet<>();

  static KnownDifferences read(Path file) throws IOException {
    KnownDifferences known = new KnownDifferences();
    boolean explained = false;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        explained = true;
      } else if (line.isBlank()) {
        explained = false;
      } else if (explained) {
        known.patterns.add(Pattern.compile(line, Pattern.DOTALL));
      } else {
        throw new IllegalArgumentException(line + " (expected: a reason above it)");
      }
    }
    return known;
  }

  boolean covers(String difference) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(difference).matches()) {
        seen.add(pattern);
        return true;
      }
    }
    return false;
  }

  /// Those that no answer needed.
  List<String> unneeded() {
    return patterns.stream()
        .filter(pattern -> !seen.contains(pattern))
        .map(Pattern::pattern)
        .toList();
  }
}
