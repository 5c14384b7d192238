package dev.pintle.kube.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/// The table of what a megabyte of each worst input takes, the dearest first, with what is above the bar marked. It is of a quiet
/// machine: no test holds a time to a bar.
///
/// Words as arguments choose the cases whose names hold one of them. It ends with 1 when something is above the bar.
final class LinearTable {
  private static final int BYTES = 1 << 20;
  private static final double BAR_MILLIS = 200;
  private static final int RUNS_MAX = 9;
  private static final int RUNS_MIN = 2;

  /// Of one case, what prepares its inputs counted in.
  private static final long NANOS_ENOUGH = 300_000_000;

  /// What looks too dear may not have been compiled yet.
  private static final long NANOS_OF_CARE = 5_000_000_000L;

  private LinearTable() {}

  private record Row(String name, double millis) {}

  public static void main(String[] words) {
    Map<String, IntFunction<Cost.Work>> cases = all();
    List<Row> rows = new ArrayList<>();
    cases.forEach((name, work) -> {
      if (isWanted(name, words)) {
        rows.add(row(name, work));
      }
    });
    rows.sort(Comparator.comparingDouble(Row::millis).reversed());
    rows.forEach(row ->
        System.out.printf(
            Locale.ROOT,
            "%8.1f ms  %s%s%n",
            row.millis(),
            row.name(),
            row.millis() > BAR_MILLIS ? "  above %.0f ms".formatted(BAR_MILLIS) : ""));
    long above = rows.stream().filter(row -> row.millis() > BAR_MILLIS).count();
    System.out.printf("%d cases of 1 MiB, %d above %.0f ms%n", rows.size(), above, BAR_MILLIS);
    System.exit(above > 0 ? 1 : 0);
  }

  private static Map<String, IntFunction<Cost.Work>> all() {
    Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();
    cases.putAll(WorstTexts.all());
    cases.putAll(WorstDocuments.all());
    cases.putAll(WorstPatches.all());
    cases.putAll(WorstObjects.all());
    cases.putAll(WorstCustomResources.all());
    cases.putAll(WorstDefinitions.all());
    return cases;
  }

  private static boolean isWanted(String name, String[] words) {
    boolean wanted = words.length == 0;
    for (String word : words) {
      wanted |= name.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }
    return wanted;
  }

  private static Row row(String name, IntFunction<Cost.Work> work) {
    double millis = millis(work, NANOS_ENOUGH);
    if (millis > BAR_MILLIS) {
      millis = Math.min(millis, millis(work, NANOS_OF_CARE));
    }
    return new Row(name, millis);
  }

  private static double millis(IntFunction<Cost.Work> work, long enough) {
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (int i = 0; i < RUNS_MAX && (i < RUNS_MIN || System.nanoTime() - start < enough); i++) {
      least = Math.min(least, Cost.once(work.apply(BYTES)));
    }
    return least / 1e6;
  }
}
