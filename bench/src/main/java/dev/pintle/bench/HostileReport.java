package dev.pintle.bench;

import dev.pintle.bench.hostile.Toll;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The table attack × contender of one run, printed line by line as it grows and written as Markdown at the end.
final class HostileReport {
  private static final String HEAD =
      """
      | Attack | Pintle p99 (calm) ms | worst ms | RSS MB | Pintle | Pair p99 (calm) ms | worst ms | RSS MB | Pair | p99 bar |
      |---|---|---|---|---|---|---|---|---|---|
      """;
  private static final String OURS = "Pintle";

  private final PrintStream out;
  private final Map<String, Map<String, Toll>> rows = new LinkedHashMap<>();

  HostileReport(PrintStream out) {
    this.out = out;
  }

  void add(String contender, Toll toll) {
    rows.computeIfAbsent(toll.attack().name(), _ -> new TreeMap<>()).put(contender, toll);
    out.println(contender + ": " + toll);
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("## ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(", ")
        .append(Machine.describe())
        .append("\n\n")
        .append(HEAD);
    rows.forEach((attack, tolls) -> text.append(row(attack, tolls)));
    Files.writeString(file, text);
  }

  private static String row(String attack, Map<String, Toll> tolls) {
    Toll ours = tolls.get(OURS);
    Toll pair =
        tolls.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(OURS))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    String bar = ours == null ? "–" : ours.withinBar() ? "met" : "**missed**";
    return "| %s | %s | %s | %s |%n".formatted(attack, cells(ours), cells(pair), bar);
  }

  private static String cells(@Nullable Toll toll) {
    if (toll == null) {
      return "– | – | – | –";
    }
    return "%.1f (%.1f) | %.0f | %d | %s"
        .formatted(
            toll.during().p99Millis(),
            toll.calm().p99Millis(),
            toll.during().worstMillis(),
            toll.residentBytes() >> 20,
            state(toll));
  }

  private static String state(Toll toll) {
    if (!toll.alive()) {
      return "**ended**";
    }
    return toll.wrong().isEmpty() ? "alive" : "**alive, requests failed**";
  }
}
