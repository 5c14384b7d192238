package dev.pintle.compat.conformance;

import dev.pintle.compat.harness.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Which specs judge Pintle and which cannot, as the table of them says.
record ConformanceTable(List<Line> lines) {
  private static final String COMMENT = "#";
  private static final String ANY = "*";

  ConformanceTable {
    lines = List.copyOf(lines);
  }

  /// A line of the table.
  ///
  /// @param judged whether the specs judge
  /// @param place the file, or the folder, that holds them
  /// @param words part of their names, or `*` for all of the place
  /// @param reason why they do not judge; empty where they do
  record Line(boolean judged, String place, String words, String reason) {
    private static final int WORDS = 2;

    private static Line parse(String line) {
      List<String> parts = List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
      boolean judged = parts.getFirst().equals("judged");
      if (!(judged || parts.getFirst().equals("out")) || parts.size() != (judged ? 3 : 4)) {
        throw new IllegalArgumentException(
            line
                + ": not a line of the table (expected: judged | PLACE | WORDS, or out | PLACE | WORDS | REASON)");
      }
      return new Line(judged, parts.get(1), parts.get(WORDS), judged ? "" : parts.getLast());
    }

    boolean fits(ConformanceSpec spec) {
      return (spec.file().equals(place) || spec.file().startsWith(place + "/"))
          && (words.equals(ANY) || spec.name().contains(words));
    }
  }

  static ConformanceTable read() {
    try {
      return new ConformanceTable(
          Files.readAllLines(Peers.house().resolve("compat/src/test/conformance/specs.txt"))
              .stream()
              .filter(line -> !line.isBlank() && !line.startsWith(COMMENT))
              .map(Line::parse)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the table of specs", e);
    }
  }

  /// The first line that fits.
  Optional<Line> line(ConformanceSpec spec) {
    return lines.stream().filter(line -> line.fits(spec)).findFirst();
  }

  boolean judges(ConformanceSpec spec) {
    return line(spec).map(Line::judged).orElse(false);
  }
}
