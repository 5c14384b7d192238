package dev.pintle.wire.http2;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The deadlines that end requests of one connection that are not whole in time. Most requests arrive whole, so there
/// is no timer a request: one looks now and then while any is unfinished.
final class RequestDeadlines {
  private static final int LOOKS_PER_REQUEST_MAX = 8;

  private final Http2Session session;
  private final long requestNanosMax;
  private final long lookNanos;
  private int unfinished;
  private @Nullable Future<?> look;

  RequestDeadlines(Http2Session session, Duration requestMax) {
    this.session = session;
    this.requestNanosMax = requestMax.toNanos();
    this.lookNanos = Math.max(1, requestNanosMax / LOOKS_PER_REQUEST_MAX);
  }

  void began() {
    unfinished++;
  }

  void finished() {
    unfinished--;
  }

  /// What was read has been seen: what is unfinished now may stay so.
  void planLook() {
    if (unfinished > 0 && look == null) {
      look = session.turn().schedule(this::look, lookNanos);
    }
  }

  private void look() {
    look = null;
    long now = session.turn().nanos();
    session.forEachLink(link -> link.endIfLate(now, requestNanosMax));
    planLook();
  }

  void ended() {
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }
}
