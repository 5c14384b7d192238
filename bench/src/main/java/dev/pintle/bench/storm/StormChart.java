package dev.pintle.bench.storm;

import java.util.List;

/// The picture of several storms (SVG): Jobs a second as bars, and of each class of requests the way from its median to its 99th percentile,
/// on a logarithmic scale. Its colours follow the reader's choice of light or dark.
public final class StormChart {
  private static final int WIDTH = 980;
  private static final int LABELS = 230;
  private static final int RIGHT = 90;
  private static final int ROW = 15;
  private static final int GROUP_GAP = 12;
  private static final int TOP = 74;
  private static final double MILLIS_MIN = 0.1;
  private static final double MILLIS_MAX_LEAST = 100;
  private static final double[] OPACITIES = {0.5, 0.75, 1};
  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="%3$s">
      <style>
      .page { fill: #ffffff } .ink { fill: #1f2328 } .faint { fill: #59636e } .line { stroke: #d1d9e0; stroke-width: 1 }
      .ours { fill: #0969da; stroke: #0969da } .peer { fill: #bc4c00; stroke: #bc4c00 }
      text { font: 12px system-ui, sans-serif; stroke: none } .title { font-size: 16px; font-weight: 600 } .head { font-weight: 600 }
      @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117 } .ink { fill: #f0f6fc } .faint { fill: #9198a1 } .line { stroke: #3d444d }
      .ours { fill: #58a6ff; stroke: #58a6ff } .peer { fill: #f0883e; stroke: #f0883e }
      }
      </style>
      <rect class="page" width="%1$d" height="%2$d"/>
      """;

  private final String ours;
  private final List<StormRun> runs;
  private final double millisMax;
  private final StringBuilder text = new StringBuilder();
  private int y = TOP;

  private StormChart(String ours, List<StormRun> runs) {
    this.ours = ours;
    this.runs = runs;
    double most = MILLIS_MAX_LEAST;
    for (StormRun run : runs) {
      for (Traffic traffic : Traffic.values()) {
        most = Math.max(most, run.p99(traffic));
      }
    }
    this.millisMax = Math.pow(10, Math.ceil(Math.log10(most)));
  }

  /// @param ours the contender that is drawn in the first colour
  public static String of(String title, String ours, List<StormRun> runs) {
    StormChart chart = new StormChart(ours, runs);
    chart.jobs();
    chart.classes();
    String body = chart.text.toString();
    int height = chart.y + 2 * ROW;
    return StormTables.say(HEAD, WIDTH, height, escaped(title))
        + StormTables.say(
            "<text class=\"ink title\" x=\"16\" y=\"28\">%s</text>%n<text class=\"faint\" x=\"16\" y=\"46\">%s</text>%n",
            escaped(title),
            "a dot: the median; the end of its line: the 99th percentile; ms on a logarithmic scale, waits after 429 included")
        + body
        + "</svg>\n";
  }

  private void jobs() {
    double most =
        Math.max(
            1, runs.stream().mapToDouble(run -> run.outcome().jobsPerSecond()).max().orElse(1));
    head("Jobs created a second");
    for (StormRun run : runs) {
      double rate = run.outcome().jobsPerSecond();
      double width = rate / most * (WIDTH - LABELS - RIGHT);
      label(run);
      text.append(
          StormTables.say(
              "<rect class=\"%s\" opacity=\"%.1f\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" stroke=\"none\"/>%n",
              colour(run), opacity(run), LABELS, y - ROW + 4, Math.max(width, 1), ROW - 4));
      value(LABELS + width + 6, StormTables.say("%,.0f", rate));
      y += ROW;
    }
    y += GROUP_GAP;
  }

  private void classes() {
    int top = y + ROW / 2;
    String before = text.toString();
    text.setLength(0);
    for (Traffic traffic : Traffic.values()) {
      y += GROUP_GAP;
      head(traffic.title());
      for (StormRun run : runs) {
        row(run, traffic);
      }
    }
    StringBuilder grid = new StringBuilder();
    for (double mark = MILLIS_MIN; mark <= millisMax * 1.01; mark *= 10) {
      grid.append(
          StormTables.say(
              "<line class=\"line\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>%n<text class=\"faint\" x=\"%1$.1f\" y=\"%2$d\" dy=\"-4\" text-anchor=\"middle\">%4$s ms</text>%n",
              x(mark), top, y, mark < 1 ? "0.1" : StormTables.say("%,.0f", mark)));
    }
    text.insert(0, grid).insert(0, before);
  }

  private void row(StormRun run, Traffic traffic) {
    label(run);
    if (run.of(traffic).whole().count() == 0) {
      value(LABELS + 6.0, "none");
    } else {
      double median = x(run.p50(traffic));
      double end = x(run.p99(traffic));
      int middle = y - ROW / 2 + 2;
      text.append(
          StormTables.say(
              "<g class=\"%1$s\" opacity=\"%2$.1f\"><line x1=\"%3$.1f\" y1=\"%5$d\" x2=\"%4$.1f\" y2=\"%5$d\" stroke-width=\"4\"/><circle cx=\"%3$.1f\" cy=\"%5$d\" r=\"4\"/></g>%n",
              colour(run), opacity(run), median, end, middle));
      value(end + 8, StormTables.millis(run.p99(traffic)));
    }
    y += ROW;
  }

  private void head(String title) {
    text.append(
        StormTables.say(
            "<text class=\"ink head\" x=\"16\" y=\"%d\">%s</text>%n", y, escaped(title)));
    y += ROW;
  }

  private void label(StormRun run) {
    text.append(
        StormTables.say(
            "<text class=\"ink\" x=\"28\" y=\"%d\">%s</text>%n", y, escaped(run.title())));
  }

  private void value(double x, String shown) {
    text.append(
        StormTables.say("<text class=\"ink\" x=\"%.1f\" y=\"%d\">%s</text>%n", x, y, shown));
  }

  private double x(double millis) {
    double share = Math.log10(Math.max(millis, MILLIS_MIN) / MILLIS_MIN);
    return LABELS + share / Math.log10(millisMax / MILLIS_MIN) * (WIDTH - LABELS - RIGHT);
  }

  private String colour(StormRun run) {
    return run.contender().equals(ours) ? "ours" : "peer";
  }

  private static double opacity(StormRun run) {
    return OPACITIES[run.fairness().ordinal()];
  }

  private static String escaped(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
