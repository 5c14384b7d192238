package dev.pintle.kernel.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A story in plain text: comments, and steps of a command line, a line of dashes, and what the store answers, up to the next
/// command, comment or empty line.
final class Scenario {
  private static final String DASHES = "----";

  private Scenario() {}

  /// `text` with every answer replaced by what `store` answers now.
  static String replay(String text, UnaryOperator<String> store) {
    List<String> lines = text.lines().toList();
    List<String> replayed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (isDashes(lines, i + 1)) {
        replayed.add(lines.get(i));
        replayed.add(DASHES);
        store.apply(lines.get(i)).lines().forEach(replayed::add);
        i = endOfAnswer(lines, i + 2) - 1;
      } else {
        replayed.add(lines.get(i));
      }
    }
    return String.join("\n", replayed) + "\n";
  }

  private static int endOfAnswer(List<String> lines, int from) {
    int end = from;
    while (end < lines.size()
        && !lines.get(end).isEmpty()
        && !lines.get(end).startsWith("#")
        && !isDashes(lines, end + 1)) {
      end++;
    }
    return end;
  }

  private static boolean isDashes(List<String> lines, int at) {
    return at < lines.size() && lines.get(at).equals(DASHES);
  }
}
