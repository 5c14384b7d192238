package dev.pintle.wire.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.listen.RawHttp2.Frame;
import dev.pintle.wire.time.ManualWireClock;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Large bodies of several clients, by a clock that the test moves.
class UploadTest {
  /// As many have a slot at a time.
  private static final int SLOTS = Runtime.getRuntime().availableProcessors();

  private static final Duration SLOT = Duration.ofMillis(250);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final byte[] HALF_A_WINDOW = new byte[Http2Limits.DEFAULT.streamWindowBytes() / 2];
  private static final int FRAME_BYTES_MAX = 16 << 10;
  private static final byte[] POST =
      RawHttp2.block(":method", "POST", ":scheme", "http", ":authority", "x", ":path", "/");

  /// Answers how long the body is.
  private static final HttpHandler MEASURE =
      exchange ->
          exchange.readBody(
              8 << 20,
              body -> {
                byte[] answer = Integer.toString(body.readableBytes()).getBytes(US_ASCII);
                body.release();
                exchange.respond(
                    200, ResponseHeaders.of("text/plain"), Unpooled.wrappedBuffer(answer));
              },
              () -> {});

  private final ManualWireClock clock = new ManualWireClock();
  private final List<RawHttp2> clients = new ArrayList<>();

  private WireFixture serving() {
    return WireFixture.with(
        config ->
            new ListenerConfig(
                config.address(),
                config.security(),
                MEASURE,
                EchoService.alone(),
                config.limits(),
                config.limiter()),
        clock);
  }

  private RawHttp2 connect(WireFixture wire) {
    RawHttp2 client = new RawHttp2(wire.port());
    client.awaitGreeted();
    clients.add(client);
    return client;
  }

  private static void send(RawHttp2 client, int stream, byte[] bytes) {
    for (int at = 0; at < bytes.length; at += FRAME_BYTES_MAX) {
      int length = Math.min(FRAME_BYTES_MAX, bytes.length - at);
      client.data(stream, Arrays.copyOfRange(bytes, at, at + length), false);
    }
  }

  private static void upload(RawHttp2 client, int stream) {
    client.headers(stream, POST, false);
    send(client, stream, HALF_A_WINDOW);
  }

  private static void awaitMayGoOn(RawHttp2 client, int stream) {
    assertThat(client.await(RawHttp2.WINDOW_UPDATE, stream).word(0))
        .isEqualTo(HALF_A_WINDOW.length);
  }

  /// A ping is answered behind whatever was sent for what came before it.
  private static void assertWaits(RawHttp2 client, int stream) {
    client.send(RawHttp2.PING, 0, 0, new byte[8]);
    Frame next = client.next();
    while (next.type() != RawHttp2.PING) {
      assertThat(next.type() == RawHttp2.WINDOW_UPDATE && next.stream() == stream)
          .as("a window for a body that is to wait")
          .isFalse();
      next = client.next();
    }
  }

  private List<RawHttp2> takeAllSlots(WireFixture wire) {
    List<RawHttp2> holders = IntStream.range(0, SLOTS).mapToObj(_ -> connect(wire)).toList();
    for (RawHttp2 holder : holders) {
      upload(holder, 1);
      awaitMayGoOn(holder, 1);
    }
    return holders;
  }

  private void closeClients() {
    clients.forEach(RawHttp2::close);
  }

  @Test
  void aLargeBodyGoesOnOnceOneBeforeItIsAnswered() {
    try (WireFixture wire = serving()) {
      List<RawHttp2> holders = takeAllSlots(wire);
      RawHttp2 later = connect(wire);
      upload(later, 1);
      assertWaits(later, 1);
      holders.getFirst().data(1, new byte[0], true);
      awaitMayGoOn(later, 1);
    } finally {
      closeClients();
    }
  }

  @Test
  void aLargeBodyGoesOnOnceOneBeforeItIsReset() {
    try (WireFixture wire = serving()) {
      List<RawHttp2> holders = takeAllSlots(wire);
      RawHttp2 later = connect(wire);
      upload(later, 1);
      assertWaits(later, 1);
      holders.getLast().close();
      awaitMayGoOn(later, 1);
    } finally {
      closeClients();
    }
  }

  @Test
  void whoSendsSlowlyHasASlotForAShortTime() {
    try (WireFixture wire = serving()) {
      takeAllSlots(wire);
      RawHttp2 later = connect(wire);
      upload(later, 1);
      assertWaits(later, 1);
      clock.advance(SLOT);
      awaitMayGoOn(later, 1);
    } finally {
      closeClients();
    }
  }

  /// More wait than are let on by those before them in that time.
  @Test
  void nobodyWaitsLong() {
    try (WireFixture wire = serving()) {
      takeAllSlots(wire);
      RawHttp2 later = connect(wire);
      int many = SLOTS + 8;
      for (int i = 0; i < many; i++) {
        upload(later, 1 + 2 * i);
      }
      assertWaits(later, 1);
      clock.awaitTimers(many, WAIT);
      clock.advance(WAIT);
      for (int waiting = many; waiting > 0; waiting--) {
        Frame window =
            later.await(frame -> frame.type() == RawHttp2.WINDOW_UPDATE && frame.stream() > 0);
        assertThat(window.word(0)).isEqualTo(HALF_A_WINDOW.length);
      }
    } finally {
      closeClients();
    }
  }

  @Test
  void whatIsSmallWaitsForNobodyOnTheSameConnectionEither() {
    try (WireFixture wire = serving()) {
      takeAllSlots(wire);
      RawHttp2 later = connect(wire);
      upload(later, 1);
      later.headers(3, POST, false);
      later.data(3, new byte[] {1, 2, 3}, true);
      assertThat(later.await(RawHttp2.DATA, 3).text()).isEqualTo("3");
      assertWaits(later, 1);
    } finally {
      closeClients();
    }
  }

  @Test
  void aStreamWithoutAnEndWaitsForNobody() {
    try (WireFixture wire = serving()) {
      takeAllSlots(wire);
      RawHttp2 later = connect(wire);
      later.headers(1, RawHttp2.grpc(EchoService.BIDI), false);
      send(later, 1, RawHttp2.message(HALF_A_WINDOW));
      assertThat(later.await(RawHttp2.WINDOW_UPDATE, 1).word(0))
          .isGreaterThanOrEqualTo(HALF_A_WINDOW.length);
    } finally {
      closeClients();
    }
  }

  @Test
  void aLargeBodyOverHttp1WaitsToo() {
    try (WireFixture wire = serving();
        RawClient later = new RawClient(wire.port())) {
      takeAllSlots(wire);
      int length = 2 << 20;
      later.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(length));
      later.send("x".repeat(length / 2));
      clock.awaitTimers(1, WAIT);
      clock.advance(SLOT);
      later.send("x".repeat(length / 2));
      later.readUntil(Integer.toString(length));
    } finally {
      closeClients();
    }
  }

  @Test
  void aLargeBodyOverHttp1GivesItsSlotBack() {
    try (WireFixture wire = serving()) {
      int length = 1 << 20;
      for (int i = 0; i < SLOTS + 1; i++) {
        try (RawClient client = new RawClient(wire.port())) {
          client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(length));
          client.send("x".repeat(length));
          client.readUntil(Integer.toString(length));
        }
      }
      takeAllSlots(wire);
    } finally {
      closeClients();
    }
  }
}
