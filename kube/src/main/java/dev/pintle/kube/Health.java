package dev.pintle.kube;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.wire.Exchange;
import java.util.List;
import java.util.Map;

/// Whether the server is well: `/healthz`, `/livez`, `/readyz`, each with `?verbose`, and each single check below them.
final class Health implements Route {
  private static final Map<String, List<String>> CHECKS =
      Map.of(
          "healthz", List.of("ping", "log", "etcd"),
          "livez", List.of("ping", "log", "etcd"),
          "readyz", List.of("ping", "log", "etcd", "informer-sync", "shutdown"));

  @Override
  public boolean answer(Target target, Query query, Exchange exchange, Reply reply) {
    String[] parts = target.path().split("/", -1);
    List<String> checks = parts.length > 1 ? CHECKS.get(parts[1]) : null;
    if (checks == null || parts.length > 3 || (parts.length == 3 && !checks.contains(parts[2]))) {
      return false;
    }
    boolean verbose = parts.length == 2 && query.has("verbose");
    String text = verbose ? report(parts[1], checks, query.all("exclude")) : "ok";
    reply.plain(200, text);
    return true;
  }

  private static String report(String name, List<String> checks, List<String> excluded) {
    StringBuilder report = new StringBuilder();
    for (String check : checks) {
      report
          .append("[+]")
          .append(check)
          .append(excluded.contains(check) ? " excluded: ok\n" : " ok\n");
    }
    return report.append(name).append(" check passed\n").toString();
  }
}
