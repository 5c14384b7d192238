package dev.pintle.kube.chain;

import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import java.time.Clock;
import java.util.function.Supplier;

/// The outermost stage: makes the context of each request, gives it its audit id, tells the client that, and counts the
/// request from its arrival to the end of its answer.
public final class Tracking implements HttpHandler {
  private static final String AUDIT_ID = "audit-id";

  private final RequestMetrics metrics;
  private final Clock clock;
  private final Stage next;

  public Tracking(RequestMetrics metrics, Clock clock, Stage next) {
    this.metrics = metrics;
    this.clock = clock;
    this.next = next;
  }

  @Override
  public void handle(Exchange exchange) {
    Query query = Query.parse(exchange.head().query());
    RequestInfo info = RequestInfo.parse(exchange.head().method(), exchange.head().path(), query);
    String given = exchange.head().header(AUDIT_ID).orElse("");
    Supplier<String> auditId = given.isEmpty() ? AuditId.random() : () -> given;
    exchange.addHeader(AUDIT_ID, auditId);
    exchange.onEnd(metrics.start(info, exchange.head().method(), query));
    next.handle(new RequestContext(exchange, info, query, auditId, clock.instant()));
  }
}
