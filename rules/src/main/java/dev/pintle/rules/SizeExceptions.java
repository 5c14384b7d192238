package dev.pintle.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The checked-in list of places that were too large already: `lines place` on each line, `#` begins a comment.
final class SizeExceptions {
  private SizeExceptions() {}

  static Map<String, Integer> read(Path file) {
    Map<String, Integer> allowed = new TreeMap<>();
    if (!Files.exists(file)) {
      return allowed;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int space = line.indexOf(' ');
          allowed.put(
              line.substring(space + 1).strip(), Integer.parseInt(line.substring(0, space)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(file + ": expected lines of `<lines> <place>`", e);
    }
    return allowed;
  }
}
