package dev.pintle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The table of one run, printed line by line as it grows and written as Markdown at the end.
final class Report {
  private static final String HEAD =
      """
      | Case | Peer µs CPU | Pintle µs CPU | Ratio | Bar | Peer/s | Pintle/s | Peer p99 ms | Pintle p99 ms | Peer RSS MB | Pintle RSS MB |
      |---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final PrintStream out;
  private final List<String> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void row(Case measured, Result peer, Result ours) {
    double ratio = peer.cpuMicrosEach() / Math.max(ours.cpuMicrosEach(), 1e-3);
    String verdict = ratio >= measured.barRatio() ? "met" : "**missed**";
    rows.add(
        "| %s | %.2f | %.2f | %.1f× | %.0f× %s | %,.0f | %,.0f | %s | %s | %d | %d |"
            .formatted(
                measured.name(),
                peer.cpuMicrosEach(),
                ours.cpuMicrosEach(),
                ratio,
                measured.barRatio(),
                verdict,
                peer.perSecond(),
                ours.perSecond(),
                millis(peer.p99Micros()),
                millis(ours.p99Micros()),
                peer.residentBytes() >> 20,
                ours.residentBytes() >> 20));
    out.printf(
        "%-40s peer %8.2f µs  Pintle %8.2f µs  %.1f× (bar %.0f×)%n",
        measured.name(), peer.cpuMicrosEach(), ours.cpuMicrosEach(), ratio, measured.barRatio());
  }

  void note(String text) {
    notes.add(text);
    out.println(text);
  }

  private static String millis(long micros) {
    return micros == 0 ? "–" : "%.1f".formatted(micros / 1000.0);
  }

  /// Replaces `file` by this run's figures.
  void write(Path file, String flags) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("## ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(", ")
        .append(Machine.describe())
        .append("\n\n");
    text.append("Flags: `")
        .append(flags)
        .append("`. CPU is user + system of the server's processes, per request or event; ");
    text.append("ratio = peer ÷ Pintle; the median of the rounds, the contenders in turn.\n\n");
    text.append(HEAD);
    rows.forEach(row -> text.append(row).append('\n'));
    text.append('\n');
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    Files.writeString(file, text);
  }
}
