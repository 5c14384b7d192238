package dev.pintle.wire.http2;

import dev.pintle.wire.PingLimits;
import dev.pintle.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The care that keeps one connection honest and alive: counts the client's pings, pings a silent client, drains.
final class ConnectionCare {
  /// Three early pings are one too many, as in gRPC's own servers.
  private static final int STRIKES_MAX = 2;

  /// Without streams (and without leave to ping then) a client has no reason to ping more often.
  private static final Duration IDLE_PING_MIN = Duration.ofHours(2);

  private static final long ALIVE_PING = 0x70696e746c653031L;
  private static final long DRAIN_PING = 0x70696e746c653032L;

  /// How long the client may take to answer the ping between the two GOAWAYs.
  private static final Duration DRAIN_ANSWER_MAX = Duration.ofSeconds(1);

  /// How long a client may take from its first byte to its SETTINGS.
  private static final Duration GREETING_MAX = Duration.ofSeconds(10);

  private final Http2Session session;
  private final PingLimits limits;
  private final Duration idleMax;
  private int strikes;
  private boolean wroteSincePing;
  private long lastPingNanos;
  private boolean pingedBefore;
  private long lastReadNanos;
  private boolean greeted;
  private boolean draining;
  private boolean drained;
  private @Nullable Future<?> aliveTimer;
  private @Nullable Future<?> idleTimer;
  private long lastStreamEndedNanos;

  ConnectionCare(Http2Session session, WireLimits limits) {
    this.session = session;
    this.limits = limits.pings();
    this.idleMax = limits.http2().idleMax();
  }

  void started() {
    lastReadNanos = session.turn().nanos();
    lastStreamEndedNanos = lastReadNanos;
    aliveTimer = session.turn().schedule(this::checkGreeted, GREETING_MAX.toNanos());
    if (idleMax.isPositive()) {
      scheduleIdleCheck(idleMax.toNanos());
    }
  }

  /// The client's SETTINGS have come.
  void greeted() {
    if (!greeted) {
      greeted = true;
      if (aliveTimer != null) {
        aliveTimer.cancel(false);
      }
      scheduleAliveCheck(limits.serverPingAfter().toNanos());
    }
  }

  private void checkGreeted() {
    if (!greeted) {
      var _ = session.context().close();
    }
  }

  void ended() {
    if (aliveTimer != null) {
      aliveTimer.cancel(false);
    }
    if (idleTimer != null) {
      idleTimer.cancel(false);
    }
  }

  void readSomething() {
    lastReadNanos = session.turn().nanos();
  }

  long lastReadNanos() {
    return lastReadNanos;
  }

  void wrote() {
    wroteSincePing = true;
  }

  /// A client may ping as often as it hears from us; otherwise at most once per allowed interval.
  void pinged() {
    long now = session.turn().nanos();
    if (wroteSincePing) {
      wroteSincePing = false;
      strikes = 0;
    } else if (pingedBefore && now - lastPingNanos < leastNanosBetweenPings()) {
      strikes++;
    }
    pingedBefore = true;
    lastPingNanos = now;
    if (strikes > STRIKES_MAX) {
      ByteBuf reason = ByteBufUtil.writeAscii(session.allocator(), "too_many_pings");
      goAway(
          session.connection().remote().lastStreamCreated(), Http2Error.ENHANCE_YOUR_CALM, reason);
    }
  }

  private long leastNanosBetweenPings() {
    boolean idle = session.connection().numActiveStreams() == 0 && !limits.withoutStreams();
    return (idle ? IDLE_PING_MIN : limits.clientPingMin()).toNanos();
  }

  // Does the client still want anything?

  private void scheduleIdleCheck(long nanos) {
    idleTimer = session.turn().schedule(this::checkIdle, nanos);
  }

  /// A ping asks for nothing, so only streams count.
  private void checkIdle() {
    long left = idleMax.toNanos() - (session.turn().nanos() - lastStreamEndedNanos);
    if (session.connection().numActiveStreams() > 0) {
      scheduleIdleCheck(idleMax.toNanos());
    } else if (left > 0) {
      scheduleIdleCheck(left);
    } else {
      leave();
    }
  }

  /// Tells the client to go elsewhere, and closes, whether or not the client reads it.
  void leave() {
    goAway(
        session.connection().remote().lastStreamCreated(),
        Http2Error.NO_ERROR,
        Unpooled.EMPTY_BUFFER);
    session.flushTurn();
    var _ = session.context().close();
  }

  // Is the client still there?

  private void scheduleAliveCheck(long nanos) {
    aliveTimer = session.turn().schedule(this::checkAlive, nanos);
  }

  private void checkAlive() {
    long silentNanos = session.turn().nanos() - lastReadNanos;
    long left = limits.serverPingAfter().toNanos() - silentNanos;
    if (left > 0) {
      scheduleAliveCheck(left);
      return;
    }
    long askedAt = session.turn().nanos();
    ping(ALIVE_PING);
    aliveTimer =
        session
            .turn()
            .schedule(() -> closeUnlessReadSince(askedAt), limits.serverPingTimeout().toNanos());
  }

  private void closeUnlessReadSince(long askedAt) {
    if (lastReadNanos - askedAt < 0) {
      var _ = session.context().close();
    } else {
      scheduleAliveCheck(limits.serverPingAfter().toNanos());
    }
  }

  private void ping(long word) {
    ChannelHandlerContext ctx = session.context();
    var _ = session.encoder().writePing(ctx, false, word, ctx.newPromise());
    session.flushSoon();
  }

  // Draining: one GOAWAY that still admits streams already on their way, a ping to know they have
  // arrived, a second
  // GOAWAY that names the last one (RFC 9113 §6.8).

  void drain() {
    if (draining) {
      return;
    }
    draining = true;
    goAway(Integer.MAX_VALUE, Http2Error.NO_ERROR, Unpooled.EMPTY_BUFFER);
    ping(DRAIN_PING);
    var _ = session.turn().schedule(this::drainFurther, DRAIN_ANSWER_MAX.toNanos());
    session.forEachLink(StreamLink::drain);
  }

  void pingAnswered(long word) {
    if (word == DRAIN_PING) {
      drainFurther();
    }
  }

  private void drainFurther() {
    if (drained) {
      return;
    }
    drained = true;
    goAway(
        session.connection().remote().lastStreamCreated(),
        Http2Error.NO_ERROR,
        Unpooled.EMPTY_BUFFER);
    session.forEachLink(StreamLink::drain);
    streamEnded();
  }

  /// Closes after the last stream; in a task of its own, because the stream's last frames may be on their way to the
  /// socket just now.
  void streamEnded() {
    if (idleMax.isPositive()) {
      lastStreamEndedNanos = session.turn().nanos();
    }
    if (drained && session.connection().numActiveStreams() == 0) {
      session.turn().loop().execute(this::close);
    }
  }

  private void close() {
    session.flushTurn();
    session.context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void goAway(int lastStream, Http2Error error, ByteBuf reason) {
    ChannelHandlerContext ctx = session.context();
    var _ = session.encoder().writeGoAway(ctx, lastStream, error.code(), reason, ctx.newPromise());
    session.flushSoon();
  }
}
