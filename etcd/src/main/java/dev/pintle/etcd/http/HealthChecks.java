package dev.pintle.etcd.http;

import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoreNotes;
import java.util.List;

/// The routes `/livez` and `/readyz` with their single checks. All but one hold by construction while the listener answers: it
/// opens after the store has recovered and closes before the store does, and one member is its own quorum. `data_corruption` fails
/// while the alarm of that is raised.
final class HealthChecks {
  private static final List<String> LIVE = List.of("serializable_read");
  private static final String CORRUPTION = "data_corruption";
  private static final List<String> READY =
      List.of("serializable_read", "linearizable_read", "non_learner", CORRUPTION);

  private final HealthCounts counts;

  HealthChecks(HealthCounts counts) {
    this.counts = counts;
  }

  static boolean isKnown(String path) {
    return isOf(path, "/livez", LIVE) || isOf(path, "/readyz", READY);
  }

  private static boolean isOf(String path, String question, List<String> checks) {
    return path.equals(question)
        || checks.stream().anyMatch(check -> path.equals(question + '/' + check));
  }

  /// An answer.
  ///
  /// @param passed whether all checks did that were asked for
  record Answer(boolean passed, String text) {}

  /// The answer of a path that [#isKnown].
  Answer answer(String path, QueryParameters query, StoreNotes notes) {
    int slash = path.indexOf('/', 1);
    String question = path.substring(1, slash < 0 ? path.length() : slash);
    List<String> checks =
        slash >= 0
            ? List.of(path.substring(slash + 1))
            : without(question.equals("livez") ? LIVE : READY, query.values("exclude"));
    boolean corrupt = notes.hasAlarm(StoreAlarm.CORRUPT);
    boolean allPassed = true;
    StringBuilder lines = new StringBuilder();
    for (String check : checks) {
      boolean passed = !corrupt || !check.equals(CORRUPTION);
      allPassed &= passed;
      counts.checked(question, check, passed);
      lines.append(
          passed
              ? "[+]%s ok\n".formatted(check)
              : "[-]%s failed: alarm activated: CORRUPT\n".formatted(check));
    }
    if (!allPassed) {
      return new Answer(false, lines.append('\n').toString());
    }
    return new Answer(true, query.has("verbose") ? lines.append("ok\n").toString() : "ok\n");
  }

  private static List<String> without(List<String> checks, List<String> excluded) {
    return checks.stream().filter(check -> !excluded.contains(check)).toList();
  }
}
