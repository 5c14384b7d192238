package dev.pintle.kube.chain;

import dev.pintle.kube.object.DurationSyntax;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/// The stage that says how long a request may take, what its `timeout` names, but no longer than any, and answers in place of all others
/// when it takes longer. An answer that has begun by then is cut: a client that reads slowly does not hold a list for ever. What has no
/// end of its own, such as a watch, has no such limit.
public final class RequestDeadline implements Stage {
  private static final int GATEWAY_TIMEOUT = 504;
  private static final Set<String> ENDLESS_VERBS = Set.of("watch", "proxy");
  private static final Set<String> ENDLESS =
      Set.of("attach", "exec", "proxy", "log", "portforward");

  /// Upstream's answer, for whose form nobody is asked any more.
  private static final String TOO_LATE =
      """
      {"metadata":{},"status":"Failure",\
      "message":"Timeout: request did not complete within the allotted timeout",\
      "reason":"Timeout","details":{},"code":504}
      """;

  private final long nanosMax;
  private final DeadlineQueue deadlines;
  private final Stage next;

  /// @param max what no request may exceed
  /// @param timers run what is to be done for late requests, which takes no time
  public RequestDeadline(Duration max, ScheduledExecutorService timers, Stage next) {
    this.nanosMax = max.toNanos();
    this.deadlines = new DeadlineQueue(System::nanoTime, timers);
    this.next = next;
  }

  /// Whether a request goes on until somebody ends it.
  static boolean isEndless(RequestInfo target) {
    return ENDLESS_VERBS.contains(target.verb())
        || (target.isResource() && ENDLESS.contains(target.subresource()));
  }

  @Override
  public void handle(RequestContext context) {
    if (!isEndless(context.info())) {
      limit(context, nanos(context.query().text("timeout")));
    }
    next.handle(context);
  }

  private void limit(RequestContext context, long nanos) {
    context.limit(nanos);
    context.exchange().beginHandlerHeaders();
    deadlines.add(nanos, context);
  }

  /// Answers a request whose time is over.
  static void expire(Exchange exchange) {
    ResponseHeaders headers =
        ResponseHeaders.of("text/plain; charset=utf-8").add("cache-control", "no-cache, private");
    exchange.preempt(
        GATEWAY_TIMEOUT, headers, Unpooled.copiedBuffer(TOO_LATE, StandardCharsets.UTF_8));
  }

  private long nanos(String timeout) {
    if (timeout.isEmpty()) {
      return nanosMax;
    }
    try {
      long asked = DurationSyntax.nanos(timeout);
      return asked > 0 ? Math.min(asked, nanosMax) : nanosMax;
    } catch (IllegalArgumentException bad) {
      throw StatusErrors.badRequest(
          "invalid timeout specified in the request URL - " + bad.getMessage());
    }
  }
}
