package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.enforcement.UnservedFeatures;
import dev.pintle.kube.metrics.ControllerFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// The routes of health: `/healthz`, `/livez`, `/readyz`, each with `?verbose` and `?exclude=`, and each single check below
/// them. A check is evaluated whenever it is asked for. `/readyz?verbose` also names the policies that have no effect here;
/// they are the same whatever is stored, because anybody may ask.
public final class Health implements Route {
  private final Map<String, List<Check>> checks;
  private final ControllerFailures failures;

  /// A single check: one thing that must be well.
  ///
  /// @param failure why it is not, or empty
  record Check(String name, Supplier<Optional<String>> failure) {}

  /// @param member why the store takes no writes, or empty
  public Health(Supplier<Optional<String>> member, ControllerFailures failures) {
    this.failures = failures;
    Check ping = new Check("ping", Optional::empty);
    Check store = new Check("etcd", member);
    Check readiness = new Check("etcd-readiness", member);
    checks =
        Map.of(
            "healthz", List.of(ping, store),
            "livez", List.of(ping, store),
            "readyz", List.of(ping, store, readiness));
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    String[] parts = context.info().path().split("/", 3);
    List<Check> asked = parts.length > 1 ? checks.get(parts[1]) : null;
    if (asked == null) {
      return false;
    }
    if (parts.length == 2) {
      all(parts[1], asked, context, reply);
      return true;
    }
    for (Check check : asked) {
      if (check.name().equals(parts[2])) {
        single(check, reply);
        return true;
      }
    }
    return false;
  }

  /// Every path there is.
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    checks.forEach((name, all) -> {
      paths.add("/" + name);
      all.forEach(check -> paths.add("/" + name + "/" + check.name()));
    });
    return paths;
  }

  /// Hands out every check with the name of the path it is of.
  void forEach(BiConsumer<String, Check> action) {
    new TreeMap<>(checks).forEach((name, all) -> all.forEach(check -> action.accept(name, check)));
  }

  private static void single(Check check, Reply reply) {
    Optional<String> failure = check.failure().get();
    if (failure.isEmpty()) {
      reply.text(200, "text/plain; charset=utf-8", "ok");
    } else {
      reply.plain(500, "internal server error: " + failure.get() + "\n");
    }
  }

  /// What is wrong is not told here, because everybody may ask; the log and the single checks tell.
  private void all(String name, List<Check> checks, RequestContext context, Reply reply) {
    TreeSet<String> unknown = new TreeSet<>(context.query().all("exclude"));
    StringBuilder report = new StringBuilder();
    boolean failed = false;
    for (Check check : checks) {
      if (context.query().all("exclude").contains(check.name())) {
        unknown.remove(check.name());
        report.append("[+]").append(check.name()).append(" excluded: ok\n");
      } else if (check.failure().get().isPresent()) {
        failed = true;
        report.append("[-]").append(check.name()).append(" failed: reason withheld\n");
      } else {
        report.append("[+]").append(check.name()).append(" ok\n");
      }
    }
    if (!unknown.isEmpty()) {
      report
          .append("warn: some health checks cannot be excluded: no matches for \"")
          .append(String.join("\",\"", unknown))
          .append("\"\n");
    }
    if (name.equals("readyz") && context.query().has("verbose")) {
      report
          .append("info: accepted but not enforced by this server: ")
          .append(String.join(", ", UnservedFeatures.titles()))
          .append('\n');
      failures
          .counts()
          .forEach((controller, count) -> {
            if (count > 0) {
              report
                  .append("warn: controller ")
                  .append(controller)
                  .append(" failed ")
                  .append(count)
                  .append(" times and went on\n");
            }
          });
    }
    report.append(name).append(failed ? " check failed\n" : " check passed\n");
    boolean verbose = failed || context.query().has("verbose");
    reply.plain(failed ? 500 : 200, verbose ? report.toString() : "ok");
  }
}
