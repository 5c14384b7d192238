package dev.pintle.bench.hostile;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The cost of one overload to those who must be served all the same, and what is left of the server.
///
/// @param lost writes that were acknowledged and are not there
/// @param shed how often each limit refused meanwhile
/// @param idleBytes memory of the server's processes before
/// @param peakBytes the most that they had
/// @param afterBytes what they have in the end
/// @param backSeconds when they were back at half as much again as before; negative when they were not
public record OverloadCost(
    Attack attack,
    Witness.Testimony seen,
    AnswerCounts answers,
    boolean alive,
    List<String> lost,
    Map<String, Long> shed,
    long idleBytes,
    long peakBytes,
    long afterBytes,
    double backSeconds) {
  public OverloadCost {
    lost = List.copyOf(lost);
    shed = Map.copyOf(shed);
  }

  /// Answers to the load that are neither right nor a refusal.
  public List<String> wrongAnswers() {
    return answers.answers().stream().filter(answer -> !answer.matches(attack.right())).toList();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: admin p99 %.0f worst %.0f of %d, new p99 %.0f worst %.0f of %d, health p99 %.0f worst %.0f of %d, RSS %d > %d > %d MB (back after %.0f s), %s, lost %d, shed %s, answers %s, wrong: %s",
        attack.name(),
        seen.administrator().p99Millis(),
        seen.administrator().worstMillis(),
        seen.administrator().sortedNanos().size(),
        seen.newcomer().p99Millis(),
        seen.newcomer().worstMillis(),
        seen.newcomer().sortedNanos().size(),
        seen.health().p99Millis(),
        seen.health().worstMillis(),
        seen.health().sortedNanos().size(),
        idleBytes >> 20,
        peakBytes >> 20,
        afterBytes >> 20,
        backSeconds,
        alive ? "alive" : "DEAD",
        lost.size(),
        shed,
        answers,
        seen.wrong());
  }
}
