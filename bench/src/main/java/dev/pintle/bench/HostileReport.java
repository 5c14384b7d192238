package dev.pintle.bench;

import dev.pintle.bench.hostile.AttackCost;
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
  private static final String INTRODUCTION =
      """
      # Attacks, and what another client feels of them

      Written by `./pintle bench hostile`. Each attack is run on Pintle (a heap of 512 MB) and on the real etcd and kube-apiserver (14 GiB of address space each) in the
      same run, a family of attacks at a time on servers that were just started. Beside the attacker a client goes on with small requests over six connections of its own,
      40 a second on each: reads and creates of ConfigMaps, puts and gets of etcd. Its 99th percentile during the attack stands before the one that it knew on the calm server.
      A request that took long counts also for those that could not be sent meanwhile. The attacker, the client and the servers share the machine's cores; the attacker's threads come
      last there (a nice value of 10), as if they had a machine of their own.

      The bar for Pintle: every request of the client answered rightly, its 99th percentile at most 100 ms and at most five times the calm one, the server alive.

      """;
  private static final String HEAD =
      """
      | Attack | Pintle p99 (calm) ms | worst ms | RSS MB | Pintle | Pair p99 (calm) ms | worst ms | RSS MB | Pair | Bar |
      |---|---|---|---|---|---|---|---|---|---|
      """;
  private static final String OURS = "Pintle";

  private final PrintStream out;
  private final Map<String, Map<String, AttackCost>> rows = new LinkedHashMap<>();

  HostileReport(PrintStream out) {
    this.out = out;
  }

  void add(String contender, AttackCost toll) {
    rows.computeIfAbsent(toll.attack().name(), _ -> new TreeMap<>()).put(contender, toll);
    out.println(contender + ": " + toll);
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(INTRODUCTION)
        .append("## ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(", ")
        .append(Machine.describe())
        .append("\n\n")
        .append(HEAD);
    rows.forEach((attack, tolls) -> text.append(row(attack, tolls)));
    Files.writeString(file, text);
  }

  private static String row(String attack, Map<String, AttackCost> tolls) {
    AttackCost ours = tolls.get(OURS);
    AttackCost pair =
        tolls.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(OURS))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    String bar = ours == null ? "–" : ours.withinBar() ? "met" : "**missed**";
    return "| %s | %s | %s | %s |%n".formatted(attack, cells(ours), cells(pair), bar);
  }

  private static String cells(@Nullable AttackCost toll) {
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

  private static String state(AttackCost toll) {
    if (!toll.alive()) {
      return "**ended**";
    }
    return toll.wrong().isEmpty() ? "alive" : "**alive, requests failed**";
  }
}
