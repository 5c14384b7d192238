package dev.pintle.compat.kubectlsuite;

import dev.pintle.compat.harness.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A function of upstream's suite, and when it is run.
///
/// @param name as the suite calls it
/// @param when in which runs it is judged
/// @param needs the programs it cannot do without, beside kubectl
/// @param reason why it is not judged, where it is not
record SuiteFunction(String name, When when, List<String> needs, String reason) {
  private static final String COMMENT = "#";

  /// In which runs a function is judged.
  enum When {
    /// In every run.
    QUICK,
    /// In the long run only.
    LONG,
    /// In none.
    OUT
  }

  SuiteFunction {
    needs = List.copyOf(needs);
  }

  /// The folder with what is ours beside the suite.
  static Path folder() {
    return Peers.house().resolve("compat/src/test/kubectl-suite");
  }

  /// The table of all functions, in upstream's order.
  static List<SuiteFunction> all() {
    try {
      return Files.readAllLines(folder().resolve("functions.txt")).stream()
          .filter(line -> !line.isBlank() && !line.startsWith(COMMENT))
          .map(SuiteFunction::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the table of functions", e);
    }
  }

  private static SuiteFunction parse(String line) {
    List<String> words = List.of(line.strip().split(" +"));
    List<String> rest = words.subList(2, words.size());
    return switch (words.getFirst()) {
      case "quick" -> new SuiteFunction(words.get(1), When.QUICK, rest, "");
      case "long" -> new SuiteFunction(words.get(1), When.LONG, rest, "");
      case "out" -> new SuiteFunction(words.get(1), When.OUT, List.of(), String.join(" ", rest));
      default ->
          throw new IllegalArgumentException(
              line + ": not a line of the table (expected: quick, long or out, and a function)");
    };
  }
}
