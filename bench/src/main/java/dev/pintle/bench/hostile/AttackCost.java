package dev.pintle.bench.hostile;

import java.util.List;
import java.util.Locale;

/// The cost of one attack to the other client, and what is left of the server.
///
/// @param wrong what the other client was told that was not right, the first few
/// @param residentBytes memory of the server's processes after the attack; 0 when they are gone
public record AttackCost(
    Attack attack,
    Latencies calm,
    Latencies during,
    AnswerCounts answers,
    List<String> wrong,
    boolean alive,
    long residentBytes) {
  private static final double P99_MILLIS_MAX = 100;
  static final double CALM_TIMES_MAX = 5;

  public AttackCost {
    wrong = List.copyOf(wrong);
  }

  /// Whether the other client was as well off as it must be: within 100 ms, and within five times what it knew before.
  public boolean withinBar() {
    double most = Math.min(P99_MILLIS_MAX, CALM_TIMES_MAX * calm.p99Millis());
    return alive && wrong.isEmpty() && during.p99Millis() <= most;
  }

  /// Answers of the attack that are not the right ones.
  public List<String> wrongAnswers() {
    return answers.answers().stream().filter(answer -> !answer.matches(attack.right())).toList();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: p99 %.1f ms (calm %.1f), worst %.1f ms of %d, %s, %d MB, %s, wrong: %s",
        attack.name(),
        during.p99Millis(),
        calm.p99Millis(),
        during.worstMillis(),
        during.sortedNanos().size(),
        answers,
        residentBytes >> 20,
        alive ? "alive" : "DEAD",
        wrong);
  }
}
