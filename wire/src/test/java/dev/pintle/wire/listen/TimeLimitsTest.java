package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Http1Limits;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.PingLimits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.listen.RawHttp2.Frame;
import dev.pintle.wire.time.ManualWireClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What takes too long, by a clock that the test moves.
class TimeLimitsTest {
  private static final String GET = "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final Duration SHORT_OF = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration HEAD = Duration.ofSeconds(32);
  private static final Duration IDLE = Duration.ofSeconds(90);
  private static final Duration BODY_IDLE = Duration.ofSeconds(30);
  private static final Duration BODY = Duration.ofMinutes(5);
  private static final Duration REQUEST = Duration.ofSeconds(80);
  private static final WireLimits LIMITS =
      WireLimits.DEFAULT
          .withHttp1(new Http1Limits(1000, 8192, HEAD, IDLE, BODY_IDLE, BODY))
          .withHttp2(Http2Limits.DEFAULT.withTimes(REQUEST, Duration.ZERO));

  private final ManualWireClock clock = new ManualWireClock();

  private WireFixture serving(HttpHandler handler, WireLimits limits) {
    return WireFixture.with(
        config ->
            new ListenerConfig(
                config.address(),
                config.security(),
                handler,
                EchoService.alone(),
                limits,
                config.limiter()),
        clock);
  }

  private void pass(WireFixture wire, Duration time) {
    wire.settle();
    clock.advance(time);
    wire.settle();
  }

  @Test
  void anIdleConnectionIsClosedAndOneThatIsUsedIsNot() {
    try (WireFixture wire = serving(WireFixture.HELLO, LIMITS);
        RawClient client = new RawClient(wire.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(GET.formatted(i));
        client.readUntil("GET /" + i);
        pass(wire, IDLE.minus(SHORT_OF));
      }
      pass(wire, SHORT_OF);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aFirstHeadThatDripsIsCutOffAtItsLimit() {
    try (WireFixture wire = serving(WireFixture.HELLO, LIMITS);
        RawClient silent = new RawClient(wire.port());
        RawClient client = new RawClient(wire.port())) {
      clock.awaitTimers(2, HEAD);
      // From here on, the limit of a head is not due when the limit of silence is.
      pass(wire, SHORT_OF);
      client.send("GET / HT");
      clock.awaitTimers(1, HEAD);
      pass(wire, HEAD.minus(SHORT_OF));
      assertThat(silent.readToEnd()).isEmpty();
      client.send("T");
      pass(wire, SHORT_OF);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aLaterHeadThatDripsIsCutOffAtItsLimit() {
    try (WireFixture wire = serving(WireFixture.HELLO, LIMITS);
        RawClient client = new RawClient(wire.port())) {
      client.send(GET.formatted("a"));
      client.readUntil("GET /a");
      pass(wire, HEAD);
      clock.awaitTimers(1, IDLE.minus(HEAD));
      client.send("G");
      clock.awaitTimers(1, HEAD);
      pass(wire, HEAD.minus(SHORT_OF));
      client.send("ET / HT");
      pass(wire, SHORT_OF);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aBodyThatStallsIsCutOffAtItsLimit() {
    try (WireFixture wire = serving(WireFixture.MIRROR, LIMITS);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      clock.awaitTimers(1, BODY_IDLE);
      pass(wire, BODY_IDLE);
      assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
    }
  }

  /// Never idle for long, and still too long in all.
  @Test
  void aBodyThatTricklesIsAnswered408() {
    try (WireFixture wire = serving(WireFixture.MIRROR, LIMITS);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx");
      clock.awaitTimers(1, BODY_IDLE);
      Duration step = BODY_IDLE.dividedBy(2);
      for (Duration passed = Duration.ZERO;
          passed.compareTo(BODY) < 0;
          passed = passed.plus(step)) {
        client.trySend("x".getBytes(StandardCharsets.US_ASCII));
        pass(wire, step);
      }
      assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
    }
  }

  @Test
  void aCallThatIsNotWholeInTimeIsEnded() {
    try (WireFixture wire = serving(WireFixture.MIRROR, LIMITS);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(EchoService.UNARY), false);
      client.headers(3, RawHttp2.block(":method", "POST", ":scheme", "http", ":path", "/"), false);
      client.headers(5, RawHttp2.grpc(EchoService.BIDI), false);
      client.data(5, RawHttp2.message(new byte[] {1}), false);
      client.await(RawHttp2.DATA, 5);
      for (int look = 0; look < 9; look++) {
        pass(wire, REQUEST.dividedBy(8));
      }
      assertThat(client.await(frame -> frame.stream() == 1 && frame.endsStream()).type())
          .isEqualTo(RawHttp2.HEADERS);
      assertThat(client.await(RawHttp2.HEADERS, 3).text()).contains("408");
      client.data(5, RawHttp2.message(new byte[] {2}), false);
      assertThat(client.await(RawHttp2.DATA, 5).payload()).endsWith(2);
    }
  }

  @Test
  void anIdleHttp2ConnectionIsToldToLeave() {
    WireLimits limits = LIMITS.withHttp2(Http2Limits.DEFAULT.withTimes(LONG, IDLE));
    try (WireFixture wire = serving(WireFixture.HELLO, limits);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.awaitGreeted();
      clock.awaitTimers(1, IDLE);
      pass(wire, IDLE);
      assertThat(client.await(frame -> frame.type() == RawHttp2.GOAWAY).word(4)).isZero();
      client.raw().readToEnd();
    }
  }

  @Test
  void aClientThatDoesNotGreetIsCutOff() {
    try (WireFixture wire = serving(WireFixture.HELLO, LIMITS);
        RawClient client = new RawClient(wire.port())) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      clock.awaitTimers(1, Duration.ofSeconds(10));
      pass(wire, Duration.ofSeconds(10));
      client.readToEnd();
    }
  }

  @Test
  void aSilentClientIsPingedAndThenCutOff() {
    PingLimits pings = LIMITS.pings();
    try (WireFixture wire = serving(WireFixture.HELLO, LIMITS);
        RawHttp2 client = new RawHttp2(wire.port())) {
      clock.awaitTimers(1, pings.serverPingAfter());
      for (int i = 0; i < 3; i++) {
        pass(wire, pings.serverPingAfter());
        Frame ping = client.await(frame -> frame.type() == RawHttp2.PING);
        client.send(RawHttp2.PING, RawHttp2.ACK, 0, ping.payload());
        // Frames are read in their order: who answers this one has read the one before it.
        client.send(RawHttp2.PING, 0, 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        client.await(frame -> frame.type() == RawHttp2.PING && frame.payload()[7] == 8);
        pass(wire, pings.serverPingTimeout());
      }
      pass(wire, pings.serverPingAfter());
      client.await(frame -> frame.type() == RawHttp2.PING);
      pass(wire, pings.serverPingTimeout());
      client.raw().readToEnd();
    }
  }
}
