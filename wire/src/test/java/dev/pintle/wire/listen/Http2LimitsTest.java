package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.PingLimits;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.listen.RawHttp2.Frame;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Http2LimitsTest {
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int PROTOCOL_ERROR = 1;
  private static final int REFUSED_STREAM = 7;
  private static final int ENHANCE_YOUR_CALM = 11;

  private static WireFixture limited(Http2Limits limits) {
    return WireFixture.serving(EchoService.alone(), WireLimits.DEFAULT.withHttp2(limits));
  }

  private static Http2Limits limits(int streams, int headerBytes, int resets) {
    return new Http2Limits(
        streams,
        headerBytes,
        1 << 20,
        16 << 20,
        resets,
        10_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ZERO);
  }

  private static RawHttp2 hello(RawHttp2 client, int stream) {
    client.headers(stream, RawHttp2.get("/still"), true);
    assertThat(client.await(RawHttp2.DATA, stream).text()).isEqualTo("HTTP/2 GET /still");
    return client;
  }

  @Test
  void headersOverTheLimitAreAnswered431AndTheConnectionGoesOn() {
    try (WireFixture wire = limited(limits(100, 8192, 100));
        RawHttp2 client = new RawHttp2(wire.port())) {
      byte[] block =
          RawHttp2.block(":method", "GET", ":scheme", "http", ":path", "/", "a", "x".repeat(8500));
      client.headers(1, block, true);
      Frame answer = client.await(RawHttp2.HEADERS, 1);
      assertThat(answer.text()).contains("431");
      hello(client, 3);
    }
  }

  @Test
  void oneStreamTooManyIsRefusedAndTheOthersGoOn() {
    try (WireFixture wire = limited(limits(2, 8192, 100));
        RawHttp2 client = new RawHttp2(wire.port())) {
      for (int stream = 1; stream <= 5; stream += 2) {
        client.headers(stream, RawHttp2.grpc(EchoService.BIDI), false);
      }
      assertThat(client.await(RawHttp2.RST_STREAM, 5).word(0)).isEqualTo(REFUSED_STREAM);
      client.data(3, RawHttp2.message(new byte[] {7}), true);
      assertThat(client.await(RawHttp2.DATA, 3).payload()).endsWith(7);
    }
  }

  @Test
  void aFloodOfResetsEndsTheConnection() {
    try (WireFixture wire = limited(limits(1000, 8192, 100));
        RawHttp2 client = new RawHttp2(wire.port())) {
      for (int stream = 1; stream < 400; stream += 2) {
        client.headers(stream, RawHttp2.grpc(EchoService.NEVER), false);
        client.send(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
      }
      assertThat(client.await(frame -> frame.type() == RawHttp2.GOAWAY).word(4))
          .isEqualTo(ENHANCE_YOUR_CALM);
      client.raw().readToEnd();
    }
  }

  @Test
  void aFloodOfContinuationsEndsTheConnection() {
    try (WireFixture wire = limited(limits(1000, 8192, 100));
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.send(RawHttp2.HEADERS, 0, 1, RawHttp2.get("/"));
      for (int i = 0; i < 1000; i++) {
        client.send(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
      }
      assertThat(client.await(frame -> frame.type() == RawHttp2.GOAWAY).word(4))
          .isEqualTo(ENHANCE_YOUR_CALM);
      client.raw().readToEnd();
    }
  }

  @Test
  void aRequestWithoutAPathIsReset() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.block(":method", "GET", ":scheme", "http"), true);
      assertThat(client.await(RawHttp2.RST_STREAM, 1).word(0)).isEqualTo(PROTOCOL_ERROR);
      hello(client, 3);
    }
  }

  @Test
  void aTunnelIsRefused405() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.block(":method", "CONNECT", ":authority", "x:1"), false);
      assertThat(client.await(RawHttp2.HEADERS, 1).text()).contains("405");
    }
  }

  @Test
  void anotherProtocolInsideAStreamIsRefused() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawHttp2 client = new RawHttp2(wire.port())) {
      byte[] head =
          RawHttp2.block(
              ":method",
              "CONNECT",
              ":scheme",
              "http",
              ":path",
              "/",
              ":authority",
              "x",
              ":protocol",
              "websocket");
      client.headers(1, head, false);
      assertThat(client.await(RawHttp2.RST_STREAM, 1).word(0)).isEqualTo(PROTOCOL_ERROR);
      hello(client, 3);
    }
  }

  @Test
  void aClientThatPingsTooOftenIsSentAway() {
    PingLimits strict =
        new PingLimits(Duration.ofMinutes(1), false, Duration.ofHours(2), Duration.ofSeconds(20));
    try (WireFixture wire =
            WireFixture.serving(EchoService.alone(), WireLimits.DEFAULT.withPings(strict));
        RawHttp2 client = new RawHttp2(wire.port())) {
      for (int i = 0; i < 4; i++) {
        client.send(RawHttp2.PING, 0, 0, new byte[8]);
      }
      Frame goAway = client.await(frame -> frame.type() == RawHttp2.GOAWAY);
      assertThat(goAway.word(4)).isEqualTo(ENHANCE_YOUR_CALM);
      assertThat(goAway.text()).endsWith("too_many_pings");
      client.raw().readToEnd();
    }
  }

  @Test
  void aClientThatHearsFromUsMayPingEachTime() {
    PingLimits strict =
        new PingLimits(Duration.ofMinutes(1), false, Duration.ofHours(2), Duration.ofSeconds(20));
    try (WireFixture wire =
            WireFixture.serving(EchoService.alone(), WireLimits.DEFAULT.withPings(strict));
        RawHttp2 client = new RawHttp2(wire.port())) {
      for (int i = 0; i < 10; i++) {
        hello(client, 2 * i + 1);
        client.send(RawHttp2.PING, 0, 0, new byte[8]);
        client.await(frame -> frame.type() == RawHttp2.PING);
      }
    }
  }

  @Test
  void aClientThatReadsThroughASmallWindowMayPingAfterEachPiece() {
    PingLimits strict =
        new PingLimits(Duration.ofMinutes(1), false, Duration.ofHours(2), Duration.ofSeconds(20));
    int window = 1000;
    int rounds = 10;
    byte[] message =
        ByteBuffer.allocate(5 + (rounds + 1) * window)
            .put((byte) 0)
            .putInt((rounds + 1) * window)
            .array();
    try (WireFixture wire =
            WireFixture.serving(EchoService.alone(), WireLimits.DEFAULT.withPings(strict));
        RawHttp2 client =
            new RawHttp2(wire.port(), RawHttp2.setting(INITIAL_WINDOW_SIZE, window))) {
      client.headers(1, RawHttp2.grpc(EchoService.UNARY), false);
      client.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, message);
      client.await(RawHttp2.DATA, 1);
      for (int i = 0; i < rounds; i++) {
        client.send(RawHttp2.PING, 0, 0, new byte[8]);
        client.await(frame -> frame.type() == RawHttp2.PING);
        client.send(RawHttp2.WINDOW_UPDATE, 0, 1, ByteBuffer.allocate(4).putInt(window).array());
        client.await(RawHttp2.DATA, 1);
      }
    }
  }

  @Test
  void closingSendsClientsAwayAndLetsStreamsEnd() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(EchoService.BIDI), false);
      client.data(1, RawHttp2.message(new byte[] {1}), false);
      client.await(RawHttp2.DATA, 1);
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(() -> wire.server().close(Duration.ofSeconds(20)));
      assertThat(client.await(frame -> frame.type() == RawHttp2.GOAWAY).word(0))
          .isEqualTo(Integer.MAX_VALUE);
      Frame ping = client.await(frame -> frame.type() == RawHttp2.PING);
      client.send(RawHttp2.PING, RawHttp2.ACK, 0, ping.payload());
      assertThat(client.await(frame -> frame.type() == RawHttp2.GOAWAY).word(0)).isEqualTo(1);
      client.data(1, RawHttp2.message(new byte[] {2}), true);
      assertThat(client.await(RawHttp2.DATA, 1).payload()).endsWith(2);
      assertThat(client.await(RawHttp2.HEADERS, 1).endsStream()).isTrue();
      client.raw().readToEnd();
      closed.join();
    }
  }

  @Test
  void whenTheGraceIsOverStreamsAreCut() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(EchoService.BIDI), false);
      client.data(1, RawHttp2.message(new byte[] {1}), false);
      client.await(RawHttp2.DATA, 1);
      wire.server().close(Duration.ofMillis(50));
      client.raw().readToEnd();
    }
  }

  @Test
  void whatIsNoPrefaceIsNoConnection() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawClient client = new RawClient(wire.port())) {
      client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      client.readToEnd();
    }
  }

  /// No bug of ours is reported, or the class fails.
  @Test
  void whatFollowsAnUpgradeInPlaceOfThePrefaceEndsTheConnection() {
    try (WireFixture wire = limited(Http2Limits.DEFAULT);
        RawClient client = new RawClient(wire.port())) {
      client.send(
          """
          GET /a HTTP/1.1
          Host: x
          Connection: Upgrade, HTTP2-Settings
          Upgrade: h2c
          HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA

          GET /b HTTP/1.1
          Host: x

          """
              .replace("\n", "\r\n"));
      assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
    }
  }

  /// A client may open its windows as wide as it likes, and heads of answers need none: so the bound is that nothing more
  /// is read.
  @Test
  void aClientThatOnlyAsksIsNotReadFurther() {
    AtomicInteger asked = new AtomicInteger();
    HttpHandler wordy =
        exchange -> {
          asked.incrementAndGet();
          ByteBuf body = exchange.allocator().buffer(10_000).writeZero(10_000);
          exchange.respond(200, new ResponseHeaders(), body);
        };
    int requests = 10_000;
    try (WireFixture wire = WireFixture.serving(wordy, WireLimits.DEFAULT);
        RawHttp2 client = new RawHttp2(wire.port(), RawHttp2.setting(4, Integer.MAX_VALUE))) {
      byte[] widest = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE - 65_535).array();
      client.send(RawHttp2.WINDOW_UPDATE, 0, 0, widest);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < requests; i++) {
        int flags = RawHttp2.END_HEADERS | RawHttp2.END_STREAM;
        all.writeBytes(RawHttp2.frame(RawHttp2.HEADERS, flags, 2 * i + 1, RawHttp2.get("/")));
      }
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> client.raw().send(all.toByteArray()));
      client.await(frame -> frame.stream() == 1 && frame.endsStream());
      assertThat(asked.get())
          .as("kernel buffers and one read, not 100 MB")
          .isLessThan(requests / 2);
      client.await(frame -> frame.stream() == 2 * requests - 1 && frame.endsStream());
      sent.join();
      assertThat(asked.get()).isEqualTo(requests);
    }
  }

  @Test
  void aStreamThatHasNoEndIsToldToEnd() {
    GrpcService watch =
        EchoService.with(
            Map.of(
                "/test.Watch/Watch",
                (GrpcService.Streaming)
                    stream -> {
                      stream.onDraining(
                          () -> stream.close(new GrpcStatus(GrpcStatus.Code.UNAVAILABLE, "bye")));
                      stream.send(stream.allocator().buffer(1).writeByte(1));
                      return new IgnoredInbound();
                    }));
    try (WireFixture wire = WireFixture.serving(watch);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc("/test.Watch/Watch"), false);
      client.await(RawHttp2.DATA, 1);
      wire.server().close(Duration.ofSeconds(20));
      assertThat(client.await(frame -> frame.stream() == 1 && frame.endsStream()).type())
          .isEqualTo(RawHttp2.HEADERS);
      client.raw().readToEnd();
    }
  }

  private static final class IgnoredInbound implements GrpcService.Inbound {
    @Override
    public void message(ByteBuf message) {}

    @Override
    public void halfClosed() {}

    @Override
    public void aborted() {}
  }
}
