package dev.pintle.kube.chain;

import dev.pintle.kube.metrics.RequestMetrics;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Gives each request the name by which an audit would know it, tells the client, and counts the request from its arrival to the
/// end of its answer.
public final class Tracking implements Stage {
  private static final String AUDIT_ID = "audit-id";
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  private final RequestMetrics metrics;
  private final Stage next;

  public Tracking(RequestMetrics metrics, Stage next) {
    this.metrics = metrics;
    this.next = next;
  }

  @Override
  public void handle(RequestContext call) {
    String given = call.header(AUDIT_ID);
    String auditId = given.isEmpty() ? newId() : given;
    next.handle(
        call.with(
            new TrackedExchange(
                call.exchange(),
                auditId,
                metrics.start(call.target(), call.method(), call.query()))));
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
