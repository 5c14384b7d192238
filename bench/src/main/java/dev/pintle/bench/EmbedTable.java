package dev.pintle.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table of what servers within JVMs cost, printed line by line as it grows.
final class EmbedTable {
  private static final int SHOWN_MAX = 7;

  private final List<String> rows = new ArrayList<>();

  void row(String name, double bar, double figure) {
    row(name, bar, List.of(figure));
  }

  /// @param bar what the median may be at most; 0 for none
  void row(String name, double bar, List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    String verdict = median <= bar ? "met" : "**missed**";
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %s | %s |",
            name,
            bar == 0 ? "" : shown(bar) + " " + verdict,
            shown(median),
            shown(sorted.getFirst()),
            figures.size() > SHOWN_MAX
                ? "%d rounds, the slowest %s".formatted(figures.size(), shown(sorted.getLast()))
                : String.join(", ", figures.stream().map(EmbedTable::shown).toList())));
    System.out.println(rows.getLast());
  }

  private static String shown(double figure) {
    return String.format(Locale.ROOT, figure >= 100 ? "%.0f" : "%.2f", figure);
  }

  String text(LocalDate day, String machine, int rounds) {
    return """
    ## Servers within a test's JVM, %s, %s

    Rounds of the first server: %d, each in a JVM of its own, with and without a cache and the real pair in turn. A ConfigMap is made and read back by a client outside of the JVM. Further servers, resets and branches
    are of one JVM, and the client there is the JDK's. CPU is that of the whole JVM, from its start on.

    | | bar | median | fastest | rounds |
    |---|---|---|---|---|
    %s
    """
        .formatted(day, machine, rounds, String.join("\n", rows));
  }
}
