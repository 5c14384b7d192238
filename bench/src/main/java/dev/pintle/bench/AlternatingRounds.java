package dev.pintle.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of two ways to do the same, measured in turn and each as often first as second, so that neither is dearer for what the
/// compiler had not done yet, or for what else the machine did in that minute.
///
/// @param without by rounds
/// @param with by rounds, each measured beside the one of the same place in `without`
record AlternatingRounds(List<Double> without, List<Double> with) {
  private static final int WARM_UPS = 2;
  private static final int PAIRS = 7;

  /// The measure of one round.
  @FunctionalInterface
  interface Round {
    double measure() throws IOException, InterruptedException;
  }

  /// Prints each pair as it is measured.
  ///
  /// @param title of the lines that are printed
  static AlternatingRounds of(String title, Round without, Round with)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      without.measure();
      with.measure();
    }
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      if (i % 2 == 0) {
        first.add(without.measure());
        second.add(with.measure());
      } else {
        second.add(with.measure());
        first.add(without.measure());
      }
      System.out.printf(
          Locale.ROOT,
          "%s: without %.2f µs, with %.2f µs%n",
          title,
          first.getLast(),
          second.getLast());
    }
    return new AlternatingRounds(first, second);
  }

  /// A row of a table: the rounds, the medians, their ratio, and the median of the ratios of the pairs.
  String row(String name) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < without.size(); i++) {
      ratios.add(with.get(i) / without.get(i));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f | %.2f | %.3f | %.3f |%n",
        name,
        shown(without),
        shown(with),
        median(without),
        median(with),
        median(with) / median(without),
        median(ratios));
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static String shown(List<Double> figures) {
    List<String> texts =
        figures.stream().map(figure -> String.format(Locale.ROOT, "%.2f", figure)).toList();
    return String.join(", ", texts);
  }
}
