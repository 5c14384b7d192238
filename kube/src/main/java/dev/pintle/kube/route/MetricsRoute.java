package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.metrics.RequestMetrics;
import java.util.function.Supplier;

/// The routes of metrics: `/metrics`, and `/metrics/slis`, which tells of each health check whether it passes.
public final class MetricsRoute implements Route {
  private static final String TEXT_FORM = "text/plain; version=0.0.4; charset=utf-8";

  private final RequestMetrics requests;
  private final Health health;
  private final ControllerFailures failures;
  private final Supplier<String> more;

  /// @param more figures that the program has beside these, in the same form
  public MetricsRoute(
      RequestMetrics requests, Health health, ControllerFailures failures, Supplier<String> more) {
    this.requests = requests;
    this.health = health;
    this.failures = failures;
    this.more = more;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    switch (context.info().path()) {
      case "/metrics" -> reply.text(200, TEXT_FORM, requests.text() + failures.text() + more.get());
      case "/metrics/slis" -> reply.text(200, TEXT_FORM, checks());
      default -> {
        return false;
      }
    }
    return true;
  }

  private String checks() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# HELP kubernetes_healthcheck 1 for a health check that passes, 0 for one that fails.\n");
    text.append("# TYPE kubernetes_healthcheck gauge\n");
    health.forEach((type, check) ->
        text.append("kubernetes_healthcheck{name=\"")
            .append(check.name())
            .append("\",type=\"")
            .append(type)
            .append("\"} ")
            .append(check.failure().get().isEmpty() ? 1 : 0)
            .append('\n'));
    return text.toString();
  }
}
