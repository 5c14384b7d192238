package dev.pintle.etcd.http;

import java.util.List;

/// The routes `/livez` and `/readyz` with their single checks. All hold by construction while the listener answers: it
/// opens after the store has recovered and closes before the store does, and one member is its own quorum.
final class HealthChecks {
  private static final List<String> LIVE = List.of("serializable_read");
  private static final List<String> READY =
      List.of("serializable_read", "linearizable_read", "non_learner", "data_corruption");

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

  /// The answer of a path that [#isKnown].
  String answer(String path, QueryParameters query) {
    int slash = path.indexOf('/', 1);
    String question = path.substring(1, slash < 0 ? path.length() : slash);
    List<String> checks =
        slash >= 0
            ? List.of(path.substring(slash + 1))
            : without(question.equals("livez") ? LIVE : READY, query.values("exclude"));
    StringBuilder lines = new StringBuilder();
    for (String check : checks) {
      counts.passed(question, check);
      lines.append("[+]").append(check).append(" ok\n");
    }
    return query.has("verbose") ? lines.append("ok\n").toString() : "ok\n";
  }

  private static List<String> without(List<String> checks, List<String> excluded) {
    return checks.stream().filter(check -> !excluded.contains(check)).toList();
  }
}
