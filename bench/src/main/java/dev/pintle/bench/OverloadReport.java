package dev.pintle.bench;

import dev.pintle.bench.hostile.Latencies;
import dev.pintle.bench.hostile.OverloadCost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The table of overloads of one run, printed line by line as it grows and written as Markdown at the end.
final class OverloadReport {
  private static final String INTRODUCTION =
      """
      # Overloads, and what is kept of every promise

      Written by `./pintle bench overload`. Each load is put on a server that was just started with MEMORY and what the load asks for in its store (a collection whose list is
      100 MB long). All clients are one account that may do everything and is exempt from nothing, but where an administrator is named; they come from as many addresses as is said, else
      64. Beside them an administrator reads and writes over a connection that was there before and reads over a new one each time, and somebody asks `/livez` and `/readyz` over new ones,
      each from an address of their own. The attacker, the witness and the server share the machine's cores; the attacker comes last there.

      Memory is the resident set of the whole process: idle (what the load asks for is stored, and the server was started again), at most during the load, and a minute after its end; *back* is when it was
      within half as much again as idle. Shed counts what `pintle_shed_total` counted.

      """;
  private static final String HEAD =
      """
      | Load | on | kept read p99 (worst) ms | new read p99 (worst) ms | health p99 (worst) ms | unserved | RSS idle, most, after MB | back after s | shed | lost |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private final PrintStream out;
  private final long memoryBytes;
  private final List<String> rows = new ArrayList<>();

  /// @param memoryBytes of the container that a server would have to live in; 0 for none
  OverloadReport(PrintStream out, long memoryBytes) {
    this.out = out;
    this.memoryBytes = memoryBytes;
  }

  void add(String contender, OverloadCost cost) {
    rows.add(row(contender, cost));
    out.println(contender + ": " + cost);
  }

  void write(Path file) throws IOException {
    Files.writeString(
        file,
        INTRODUCTION.replace("MEMORY", memory())
            + "## "
            + LocalDate.now(ZoneOffset.UTC)
            + ", "
            + Machine.describe()
            + "\n\n"
            + HEAD
            + String.join("", rows));
  }

  private String memory() {
    return memoryBytes == 0
        ? "a heap of 512 MB"
        : "the heap that the JVM gives itself in a container of %d MiB (in which a process beyond that ends: such a peak is marked)"
            .formatted(memoryBytes >> 20);
  }

  /// A peak of everything that is resident, mapped files as well, which a container would first do without: one below its limit lives.
  private String peak(OverloadCost cost) {
    boolean beyond = memoryBytes > 0 && cost.peakBytes() > memoryBytes;
    return (beyond ? "**%d**" : "%d").formatted(cost.peakBytes() >> 20);
  }

  private String row(String contender, OverloadCost cost) {
    String shed =
        cost.shed().entrySet().stream()
            .map(entry -> "%s %d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s | %s | %s | %d, %s, %d | %s | %s | %s |%n"
        .formatted(
            cost.attack().name(),
            contender,
            times(cost.seen().administrator()),
            times(cost.seen().newcomer()),
            times(cost.seen().health()),
            cost.alive() ? Integer.toString(cost.seen().wrongCount()) : "**ended**",
            cost.idleBytes() >> 20,
            peak(cost),
            cost.afterBytes() >> 20,
            cost.backSeconds() < 0
                ? "**not**"
                : String.format(Locale.ROOT, "%.0f", cost.backSeconds()),
            shed.isEmpty() ? "–" : shed,
            cost.lost().isEmpty() ? "0" : "**%d**".formatted(cost.lost().size()));
  }

  private static String times(Latencies seen) {
    return String.format(Locale.ROOT, "%.0f (%.0f)", seen.p99Millis(), seen.worstMillis());
  }
}
