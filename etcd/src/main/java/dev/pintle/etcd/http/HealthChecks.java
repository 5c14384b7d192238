package dev.pintle.etcd.http;

import java.util.List;

/// The routes `/livez` and `/readyz` with their single checks. All hold by construction while the listener answers: it
/// opens after the store has recovered and closes before the store does, and one member is its own quorum.
final class HealthChecks {
  private static final List<String> LIVE = List.of("serializable_read");
  private static final List<String> READY =
      List.of("serializable_read", "linearizable_read", "non_learner", "data_corruption");

  private HealthChecks() {}

  /// The answer, or nothing when there is no such check.
  static String answer(String path, QueryParameters query) {
    return switch (path) {
      case "/livez" -> all(LIVE, query);
      case "/readyz" -> all(READY, query);
      default -> {
        boolean known =
            LIVE.stream().anyMatch(name -> path.equals("/livez/" + name))
                || READY.stream().anyMatch(name -> path.equals("/readyz/" + name));
        yield known ? "ok\n" : "";
      }
    };
  }

  private static String all(List<String> checks, QueryParameters query) {
    if (!query.has("verbose")) {
      return "ok\n";
    }
    StringBuilder lines = new StringBuilder();
    for (String name : checks) {
      if (!query.values("exclude").contains(name)) {
        lines.append("[+]").append(name).append(" ok\n");
      }
    }
    return lines.append("ok\n").toString();
  }
}
