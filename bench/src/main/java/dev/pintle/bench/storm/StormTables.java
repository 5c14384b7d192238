package dev.pintle.bench.storm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tables of several storms, as Markdown.
public record StormTables(String ours, List<StormRun> runs) {
  private static final double JOBS_TIMES_MIN = 4;
  private static final double P99_SHARE_MAX = 0.12;
  private static final double HEARTBEAT_MILLIS_MAX = 50;
  private static final double GET_MILLIS_MAX = 20;
  private static final String NOTHING = "–";

  public StormTables {
    runs = List.copyOf(runs);
  }

  /// Bursts, everybody else, the bars, and what failed.
  public String all() {
    return "### The burst\n\n"
        + bursts()
        + "\n### Everybody\n\n"
        + classes()
        + "\n### The bars\n\n"
        + bars()
        + failures();
  }

  String bursts() {
    StringBuilder text =
        new StringBuilder(
            """
            | Server | Fairness | Jobs/s | create p50 ms | p99 ms | p99 of an attempt | all writes/s | Jobs created in s | complete in s | 429 | failed | CPU µs a request | RSS MB |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """);
    for (StormRun run : runs) {
      TrafficFigures jobs = run.of(Traffic.JOB_CREATE);
      StormOutcome outcome = run.outcome();
      long writes = (long) jobs.whole().count() + run.of(Traffic.FOLLOW_UP).whole().count();
      text.append(
          say(
              "| %s | %s | %,.0f | %s | %s | %s | %,.0f | %.1f | %.1f | %,d | %,d | %,.0f | %,d |%n",
              run.contender(),
              run.fairness().word(),
              outcome.jobsPerSecond(),
              millis(run.p50(Traffic.JOB_CREATE)),
              millis(run.p99(Traffic.JOB_CREATE)),
              millis(jobs.attempts().millisAt(0.99)),
              writes / Math.max(outcome.allSeconds(), 1e-9),
              outcome.jobSeconds(),
              outcome.allSeconds(),
              jobs.rejected(),
              jobs.failed(),
              run.cpuMicrosEach(),
              run.residentBytes() >> 20));
    }
    return text.toString();
  }

  /// A row a class, a column a storm.
  String classes() {
    StringBuilder text = new StringBuilder("| p50 / p99 / worst ms |");
    runs.forEach(run -> text.append(' ').append(run.title()).append(" |"));
    text.append("\n|---|").append("---|".repeat(runs.size())).append('\n');
    for (Traffic traffic : Traffic.values()) {
      text.append("| ").append(traffic.title()).append(" |");
      runs.forEach(run -> text.append(' ').append(cell(run.of(traffic))).append(" |"));
      text.append('\n');
    }
    text.append("| events that informers heard |");
    runs.forEach(run -> text.append(say(" %,d |", run.outcome().heard())));
    return text.append('\n').toString();
  }

  private static String cell(TrafficFigures figures) {
    DurationSamples whole = figures.whole();
    if (whole.count() == 0) {
      return NOTHING;
    }
    String times =
        say(
            "%s / %s / %s",
            millis(whole.millisAt(0.5)), millis(whole.millisAt(0.99)), millis(whole.millisAt(1)));
    String refused = figures.rejected() == 0 ? "" : say(", %,d × 429", figures.rejected());
    String lost = figures.failed() == 0 ? "" : say(", **%,d failed**", figures.failed());
    return say("%s of %,d%s%s", times, whole.count(), refused, lost);
  }

  /// A row a bar, for each way of fairness that was measured.
  String bars() {
    StringBuilder text = new StringBuilder("| Bar |");
    List<StormRun> mine = runs.stream().filter(run -> run.contender().equals(ours)).toList();
    mine.forEach(run -> text.append(' ').append(run.fairness().word()).append(" |"));
    text.append("\n|---|").append("---|".repeat(mine.size())).append('\n');
    text.append("| Jobs/s at least 4× the pair's |");
    for (StormRun run : mine) {
      text.append(
          verdict(
              peer(run).map(peer -> run.outcome().jobsPerSecond() / peer.outcome().jobsPerSecond()),
              "%.1f×",
              times -> times >= JOBS_TIMES_MIN));
    }
    text.append("\n| p99 of a create at most 12 % of the pair's |");
    for (StormRun run : mine) {
      text.append(
          verdict(
              peer(run)
                  .map(peer ->
                      run.p99(Traffic.JOB_CREATE) / Math.max(peer.p99(Traffic.JOB_CREATE), 1e-9)),
              "%.2f of it",
              share -> share <= P99_SHARE_MAX));
    }
    text.append("\n| p99 of a heartbeat at most 50 ms |");
    for (StormRun run : mine) {
      text.append(
          verdict(
              Optional.of(run.p99(Traffic.HEARTBEAT)),
              "%.1f ms",
              millis -> millis <= HEARTBEAT_MILLIS_MAX));
    }
    text.append("\n| p99 of a person's get at most 20 ms |");
    for (StormRun run : mine) {
      text.append(
          verdict(
              Optional.of(run.p99(Traffic.PERSON_GET)),
              "%.1f ms",
              millis -> millis <= GET_MILLIS_MAX));
    }
    return text.append('\n').toString();
  }

  /// The other contender with the same fairness.
  private Optional<StormRun> peer(StormRun mine) {
    return runs.stream()
        .filter(run -> run.fairness() == mine.fairness())
        .filter(run -> !run.contender().equals(mine.contender()))
        .findFirst();
  }

  /// The line that a figure must not be on the wrong side of.
  private interface Bar {
    boolean meets(double figure);
  }

  private static String verdict(Optional<Double> figure, String form, Bar bar) {
    return figure
        .map(value -> say(" " + form + ": %s |", value, bar.meets(value) ? "met" : "**missed**"))
        .orElse(" " + NOTHING + " |");
  }

  private String failures() {
    String told =
        runs.stream()
            .flatMap(run ->
                List.of(Traffic.values()).stream()
                    .flatMap(traffic ->
                        run.of(traffic).failures().stream()
                            .map(failure ->
                                "- %s, %s: %s\n"
                                    .formatted(
                                        run.title(), traffic.title(), failure.replace('\n', ' ')))))
            .collect(Collectors.joining());
    return told.isEmpty() ? "" : "\nSome of what failed:\n\n" + told;
  }

  static String millis(double value) {
    return say(value < 9.95 ? "%.1f" : "%,.0f", value);
  }

  /// In no country's way.
  @SuppressWarnings(
      "AnnotateFormatMethod") // the annotation is of a library that ships nothing else here
  static String say(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
