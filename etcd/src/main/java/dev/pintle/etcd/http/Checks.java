package dev.pintle.etcd.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `/livez` and `/readyz` with their single checks. All hold by construction while the listener answers: it opens after the
/// store has recovered and closes before the store does, and one member is its own quorum.
final class Checks {
  private static final List<String> LIVE = List.of("serializable_read");
  private static final List<String> READY =
      List.of("serializable_read", "linearizable_read", "non_learner", "data_corruption");

  private Checks() {}

  /// The answer, or nothing when there is no such check.
  static String answer(String path, String query) {
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

  private static String all(List<String> checks, String query) {
    List<String> parameters = Arrays.asList(query.split("&"));
    if (parameters.stream().noneMatch(p -> p.equals("verbose") || p.startsWith("verbose="))) {
      return "ok\n";
    }
    List<String> shown = new ArrayList<>(checks);
    parameters.stream()
        .filter(p -> p.startsWith("exclude="))
        .forEach(p -> shown.remove(p.substring("exclude=".length())));
    StringBuilder lines = new StringBuilder();
    shown.forEach(name -> lines.append("[+]").append(name).append(" ok\n"));
    return lines.append("ok\n").toString();
  }
}
