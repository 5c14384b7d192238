package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionLimiter;
import dev.pintle.wire.listen.RawHttp2.Frame;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Clients that send much and ask for little, or ask for much and take nothing.
class FloodTest {
  private static final int PRIORITY = 2;
  private static final int UNKNOWN = 0x77;
  private static final int REFUSED_STREAM = 7;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int FRAMES_MAX = 200;
  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";

  /// Requests that one read does not hold, by far.
  private static final int MANY = 3000;

  private static final Duration LONG = Duration.ofMinutes(5);

  private static final SharedLimits WIDE =
      new SharedLimits(100, 100, 8, 100, 1000, 1000, 64 << 20, 64 << 20, 64 << 20, 64 << 20);

  private static WireFixture serving(HttpHandler http, WireLimits limits, SharedLimits shared) {
    return WireFixture.with(config ->
        new ListenerConfig(
            config.address(),
            config.security(),
            http,
            EchoService.alone(),
            limits,
            new ConnectionLimiter(shared)));
  }

  private static WireLimits strict() {
    Http2Limits usual = Http2Limits.DEFAULT;
    return WireLimits.DEFAULT.withHttp2(
        new Http2Limits(
            1000,
            8192,
            usual.streamWindowBytes(),
            usual.connectionWindowBytes(),
            usual.resetsPerWindowMax(),
            FRAMES_MAX,
            LONG,
            usual.requestMax(),
            Duration.ZERO));
  }

  /// What the client has sent beyond the end makes its kernel drop what it has not read, so the word may be lost.
  private static void endsCalmly(RawHttp2 client) {
    try {
      Frame goAway = client.await(frame -> frame.type() == RawHttp2.GOAWAY);
      assertThat(goAway.word(4)).isEqualTo(ENHANCE_YOUR_CALM);
    } catch (UncheckedIOException reset) {
      return;
    } catch (AssertionError wrong) {
      if (!String.valueOf(wrong.getMessage()).startsWith("the connection ended")) {
        throw wrong;
      }
    }
    client.raw().readToEnd();
  }

  private static void flood(int type, int flags, int stream, byte[] payload) {
    try (WireFixture wire = serving(WireFixture.HELLO, strict(), WIDE);
        RawHttp2 client = new RawHttp2(wire.port())) {
      if (stream != 0) {
        client.headers(stream, RawHttp2.grpc(EchoService.BIDI), false);
      }
      byte[] frame = RawHttp2.frame(type, flags, stream, payload);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 2 * FRAMES_MAX; i++) {
        all.writeBytes(frame);
      }
      client.raw().trySend(all.toByteArray());
      endsCalmly(client);
    }
  }

  @Test
  void streamsBeyondWhatAClientMayHaveEndTheConnection() {
    WireLimits few = WireLimits.DEFAULT.withHttp2(Http2Limits.DEFAULT.withConcurrentStreams(5));
    try (WireFixture wire = serving(_ -> {}, few, WIDE);
        RawHttp2 client = new RawHttp2(wire.port())) {
      byte[] block = RawHttp2.get("/");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int stream = 1; stream < 2 * FRAMES_MAX; stream += 2) {
        all.writeBytes(
            RawHttp2.frame(
                RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, block));
      }
      client.raw().trySend(all.toByteArray());
      endsCalmly(client);
    }
  }

  /// On each loop, the first client has sent much before the others sent little.
  @Test
  void streamsForWhichThereIsNoRoomEndTheConnectionSoonerThanItsOwnLimit() {
    SharedLimits few =
        new SharedLimits(100, 100, 8, 100, 10, 10, 64 << 20, 64 << 20, 64 << 20, 64 << 20);
    try (WireFixture wire = serving(_ -> {}, WireLimits.DEFAULT, few);
        RawHttp2 client = new RawHttp2(wire.port())) {
      byte[] block = RawHttp2.get("/");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 2_000; i++) {
        all.writeBytes(
            RawHttp2.frame(
                RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1 + 2 * i, block));
      }
      client.raw().trySend(all.toByteArray());
      endsCalmly(client);
    }
  }

  @Test
  void whoSentMuchTakesTurnsWithWhoSentLittle() {
    Queue<String> order = new ConcurrentLinkedQueue<>();
    HttpHandler noting =
        exchange -> {
          order.add(exchange.head().target());
          WireFixture.HELLO.handle(exchange);
        };
    try (WireFixture wire = serving(noting, WireLimits.DEFAULT, WIDE);
        RawClient one = new RawClient(wire.port());
        RawClient two = new RawClient(wire.port());
        RawClient three = new RawClient(wire.port());
        RawClient four = new RawClient(wire.port())) {
      wire.settle();
      wire.whileHeld(() -> {
        for (RawClient much : List.of(one, two)) {
          much.send(GET.formatted("/much").repeat(MANY) + GET.formatted("/last"));
        }
        for (RawClient little : List.of(three, four)) {
          little.send(GET.formatted("/little"));
        }
      });
      for (RawClient client : List.of(three, four)) {
        assertThat(client.readUntil("/little")).contains("200 OK");
      }
      for (RawClient client : List.of(one, two)) {
        client.readUntil("/last");
      }
    }
    List<String> seen = List.copyOf(order);
    assertThat(seen).hasSize(2 * MANY + 4);
    assertThat(seen.lastIndexOf("/little")).isLessThan(seen.indexOf("/last"));
  }

  @Test
  void aFloodOfSettingsEndsTheConnection() {
    flood(RawHttp2.SETTINGS, 0, 0, RawHttp2.setting(4, 65_535));
  }

  @Test
  void aFloodOfPrioritiesEndsTheConnection() {
    flood(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 1});
  }

  @Test
  void aFloodOfWindowsEndsTheConnection() {
    flood(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
  }

  @Test
  void aFloodOfPingsEndsTheConnection() {
    flood(RawHttp2.PING, 0, 0, new byte[8]);
  }

  @Test
  void aFloodOfAnswersToPingsEndsTheConnection() {
    flood(RawHttp2.PING, RawHttp2.ACK, 0, new byte[8]);
  }

  @Test
  void aFloodOfWhatWeDoNotKnowEndsTheConnection() {
    flood(UNKNOWN, 0, 0, new byte[3]);
  }

  @Test
  void aFloodOfEmptyDataEndsTheConnection() {
    flood(RawHttp2.DATA, 0, 1, new byte[0]);
  }

  @Test
  void windowsThatOurAnswersExplainAreNoFlood() {
    try (WireFixture wire = serving(WireFixture.HELLO, strict(), WIDE);
        RawHttp2 client = new RawHttp2(wire.port())) {
      byte[] wide = {0, 0, 0, 1};
      for (int i = 0; i < 3 * FRAMES_MAX; i++) {
        int stream = 2 * i + 1;
        client.headers(stream, RawHttp2.get("/"), true);
        client.await(RawHttp2.DATA, stream);
        client.send(RawHttp2.WINDOW_UPDATE, 0, 0, wide);
      }
    }
  }

  /// One entry of the table, named again and again: a kilobyte that unpacks to megabytes.
  @Test
  void aHeaderListThatUnpacksBeyondTwiceTheLimitEndsTheConnection() {
    try (WireFixture wire = serving(WireFixture.HELLO, strict(), WIDE);
        RawHttp2 client = new RawHttp2(wire.port())) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(RawHttp2.get("/"));
      byte[] literal = RawHttp2.block("cookie", "x".repeat(3000));
      literal[0] = 0x40;
      block.writeBytes(literal);
      for (int i = 0; i < 1000; i++) {
        block.write(0x80 | 62);
      }
      client.headers(1, block.toByteArray(), true);
      endsCalmly(client);
    }
  }

  @Test
  void aHeaderBlockWithoutEndTakesNoMoreThanItsClientsShare() {
    SharedLimits narrow =
        new SharedLimits(100, 100, 8, 100, 1000, 1000, 64 << 10, 64 << 10, 64 << 20, 64 << 20);
    WireLimits limits = WireLimits.DEFAULT;
    try (WireFixture wire = serving(WireFixture.HELLO, limits, narrow);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.send(RawHttp2.HEADERS, 0, 1, RawHttp2.get("/"));
      byte[] piece = RawHttp2.block("a", "x".repeat(16_000));
      for (int i = 0; i < 20; i++) {
        client.send(RawHttp2.CONTINUATION, 0, 1, piece);
      }
      endsCalmly(client);
    }
  }

  @Test
  void streamsBeyondTheBudgetAreRefusedAndAnotherClientHasItsOwn() {
    SharedLimits narrow =
        new SharedLimits(100, 100, 8, 100, 32, 16, 1 << 20, 1 << 20, 1 << 20, 1 << 20);
    try (WireFixture wire = serving(WireFixture.MIRROR, WireLimits.DEFAULT, narrow);
        RawHttp2 greedy = new RawHttp2(wire.port())) {
      int refused = 0;
      for (int i = 0; i < 60; i++) {
        greedy.headers(2 * i + 1, RawHttp2.grpc(EchoService.NEVER), false);
      }
      for (int i = 0; i < 60 - 16 - 8; i++) {
        Frame reset = greedy.await(frame -> frame.type() == RawHttp2.RST_STREAM);
        assertThat(reset.word(0)).isEqualTo(REFUSED_STREAM);
        refused++;
      }
      assertThat(refused).isEqualTo(36);
      try (RawHttp2 modest = new RawHttp2(wire.port())) {
        modest.headers(1, RawHttp2.grpc(EchoService.UNARY), false);
        modest.data(1, RawHttp2.message(new byte[] {9}), true);
        assertThat(modest.await(RawHttp2.DATA, 1).payload()).endsWith(9);
      }
    }
  }

  @Test
  void bodiesThatAreNeverWholeTakeNoMoreThanTheBudget() {
    SharedLimits narrow =
        new SharedLimits(100, 100, 8, 100, 1000, 1000, 256 << 10, 256 << 10, 64 << 20, 64 << 20);
    try (WireFixture wire = serving(WireFixture.MIRROR, WireLimits.DEFAULT, narrow)) {
      List<RawHttp2> clients = new ArrayList<>();
      int answered = 0;
      for (int i = 0; i < 10; i++) {
        RawHttp2 client = new RawHttp2(wire.port());
        clients.add(client);
        client.headers(
            1, RawHttp2.block(":method", "POST", ":scheme", "http", ":path", "/"), false);
        for (int piece = 0; piece < 3; piece++) {
          client.data(1, new byte[16_000], false);
        }
        client.send(RawHttp2.PING, 0, 0, new byte[8]);
        Frame next =
            client.await(frame ->
                frame.type() == RawHttp2.PING
                    || (frame.type() == RawHttp2.HEADERS && frame.text().contains("429")));
        answered += next.type() == RawHttp2.HEADERS ? 1 : 0;
      }
      assertThat(answered).isPositive();
      clients.forEach(RawHttp2::close);
    }
  }

  @Test
  void aHeadThatGrowsBeyondTheBudgetIsRefused() {
    SharedLimits narrow =
        new SharedLimits(100, 100, 8, 100, 1000, 1000, 64 << 10, 64 << 10, 64 << 20, 64 << 20);
    try (WireFixture wire = serving(WireFixture.HELLO, WireLimits.DEFAULT, narrow);
        RawClient client = new RawClient(wire.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n");
      for (int i = 0; i < 40; i++) {
        client.trySend(
            "X-%d: %s\r\n".formatted(i, "x".repeat(8000)).getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(client.readTextToEnd())
          .satisfiesAnyOf(
              text -> assertThat(text).startsWith("HTTP/1.1 429 "),
              text -> assertThat(text).as("reset before it was read").isEmpty());
    }
  }

  @Test
  void aConnectionTooManyTakesThePlaceOfOneThatWaits() {
    SharedLimits two = new SharedLimits(2, 2, 2, 2, 100, 100, 1 << 20, 1 << 20, 1 << 20, 1 << 20);
    try (WireFixture wire = serving(WireFixture.HELLO, WireLimits.DEFAULT, two);
        RawHttp2 first = new RawHttp2(wire.port())) {
      hello(first);
      try (RawHttp2 second = new RawHttp2(wire.port())) {
        hello(second);
        try (RawHttp2 third = new RawHttp2(wire.port())) {
          hello(third);
          assertThat(first.await(frame -> frame.type() == RawHttp2.GOAWAY).word(4)).isZero();
          first.raw().readToEnd();
        }
      }
    }
  }

  @Test
  void aConnectionTooManyIsClosedWhereAllAreServed() {
    SharedLimits one = new SharedLimits(1, 1, 1, 1, 100, 100, 1 << 20, 1 << 20, 1 << 20, 1 << 20);
    try (WireFixture wire = serving(WireFixture.HELLO, WireLimits.DEFAULT, one);
        RawHttp2 served = new RawHttp2(wire.port())) {
      served.headers(1, RawHttp2.grpc(EchoService.BIDI), false);
      served.data(1, RawHttp2.message(new byte[] {1}), false);
      served.await(RawHttp2.DATA, 1);
      try (RawClient refused = new RawClient(wire.port())) {
        assertThat(refused.readToEnd()).isEmpty();
      }
      served.data(1, RawHttp2.message(new byte[] {2}), true);
      served.await(RawHttp2.DATA, 1);
    }
  }

  /// Serves whoever asks for `/first`; answers `/kept` never.
  private static final HttpHandler JUDGING =
      exchange -> {
        boolean first = exchange.head().path().equals("/first");
        BeyondClaim claim = first ? BeyondClaim.CONNECTION : BeyondClaim.NONE;
        if (exchange.beyond().isPresent() && !exchange.isServedBeyond(claim)) {
          exchange.closeConnection();
          ResponseHeaders headers = ResponseHeaders.of("text/plain");
          exchange.respond(429, headers, exchange.allocator().buffer().writeZero(1));
        } else if (!exchange.head().path().equals("/kept")) {
          WireFixture.HELLO.handle(exchange);
        }
      };

  private static WireFixture judging() {
    SharedLimits one = new SharedLimits(1, 1, 8, 1, 100, 100, 1 << 20, 1 << 20, 1 << 20, 1 << 20);
    return WireFixture.with(config ->
        new ListenerConfig(
                config.address(),
                config.security(),
                JUDGING,
                EchoService.alone(),
                WireLimits.DEFAULT,
                new ConnectionLimiter(one))
            .thatJudgesBeyond());
  }

  @Test
  void beyondTheLimitWhoComesFirstIsServedAndAnotherIsToldAndClosed() {
    try (WireFixture wire = judging();
        RawHttp2 served = new RawHttp2(wire.port())) {
      served.headers(1, RawHttp2.get("/kept"), true);
      served.send(RawHttp2.PING, 0, 0, new byte[8]);
      served.await(frame -> frame.type() == RawHttp2.PING);
      try (RawClient refused = new RawClient(wire.port())) {
        refused.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(refused.readTextToEnd())
            .startsWith("HTTP/1.1 429 ")
            .contains("Connection: close");
      }
      try (RawHttp2 refused = new RawHttp2(wire.port())) {
        refused.headers(1, RawHttp2.get("/other"), true);
        refused.await(frame -> frame.type() == RawHttp2.GOAWAY);
      }
      try (RawHttp2 first = new RawHttp2(wire.port())) {
        first.headers(1, RawHttp2.get("/first"), true);
        first.await(frame -> frame.stream() == 1 && frame.endsStream());
      }
    }
  }

  private static void hello(RawHttp2 client) {
    client.headers(1, RawHttp2.get("/"), true);
    client.await(frame -> frame.stream() == 1 && frame.endsStream());
  }
}
