package dev.pintle.bench.storm;

import java.util.List;

/// Storms as nobody measured them.
final class Storms {
  static final String OURS = "Ours";
  private static final long MILLI = 1_000_000;

  private Storms() {}

  /// Two servers, with two kinds of fairness each: ours is five times as quick, and its create takes a tenth of the other's.
  static List<StormRun> four() {
    return List.of(
        run("Theirs", Fairness.OFF, 1000, 800),
        run(OURS, Fairness.OFF, 5000, 80),
        run("Theirs", Fairness.TUNED, 2000, 300),
        run(OURS, Fairness.TUNED, 5000, 60));
  }

  /// @param perSecond Jobs
  /// @param millis of every create; of everything else a tenth
  static StormRun run(String contender, Fairness fairness, int perSecond, long millis) {
    StormFigures figures = new StormFigures();
    for (Traffic traffic : Traffic.values()) {
      long each = traffic == Traffic.JOB_CREATE ? millis : millis / 10;
      figures.of(traffic).attempt(each * MILLI, false);
      figures.of(traffic).ended(each * MILLI);
    }
    BurstOutcome burst =
        new BurstOutcome(perSecond, 1000 * MILLI, perSecond, 3000 * MILLI, new StormFigures());
    StormOutcome outcome = new StormOutcome(burst, figures, 12_345);
    return new StormRun(contender, fairness, outcome, 4000, 300L << 20);
  }
}
