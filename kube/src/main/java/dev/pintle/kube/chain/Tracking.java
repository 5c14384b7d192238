package dev.pintle.kube.chain;

import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The outermost stage: makes the context of each request, gives it its audit id, tells the client that, and counts the
/// request from its arrival to the end of its answer.
public final class Tracking implements HttpHandler {
  private static final String AUDIT_ID = "audit-id";
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  /// Counted for a client that went away before it was answered; nobody is ever sent it.
  private static final int CLIENT_CLOSED = 499;

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
    String auditId = given.isEmpty() ? newId() : given;
    exchange.addHeader(AUDIT_ID, auditId);
    RequestMetrics.Running running = metrics.start(info, exchange.head().method(), query);
    exchange.onEnd(
        (status, _) -> running.ended(status == Exchange.UNANSWERED ? CLIENT_CLOSED : status));
    next.handle(new RequestContext(exchange, info, query, auditId, clock.instant()));
  }

  /// A random UUID that nobody needs to be unable to guess.
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            (random.nextLong() & ~VERSION_BITS) | VERSION_4,
            (random.nextLong() & ~VARIANT_BITS) | VARIANT)
        .toString();
  }
}
