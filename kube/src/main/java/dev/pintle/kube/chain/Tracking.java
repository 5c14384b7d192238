package dev.pintle.kube.chain;

import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import java.time.Clock;

/// The outermost stage: makes the context of each request, gives it its audit id, tells the client that, and counts the
/// request from its arrival to the end of its answer.
public final class Tracking implements HttpHandler {
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
    RequestMetrics.Running running = metrics.start(info, exchange.head().method(), query);
    RequestContext context = new RequestContext(exchange, info, query, running, clock.instant());
    exchange.addHeaders(context);
    exchange.onEnd(context);
    next.handle(context);
  }
}
