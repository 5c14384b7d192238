package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.LeakWatch;
import dev.pintle.wire.listen.RawHttp2.Frame;
import dev.pintle.wire.time.ManualWireClock;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// gRPC as only a hand-written client would send it.
class GrpcWireTest {
  private static final String HEARD = "/test.Heard/Stream";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<GrpcStream> streams = new LinkedBlockingQueue<>();

  private GrpcService service() {
    return EchoService.with(Map.of(HEARD, (GrpcService.Streaming) this::open));
  }

  private GrpcService.Inbound open(GrpcStream stream) {
    streams.add(stream);
    return new GrpcService.Inbound() {
      @Override
      public void message(ByteBuf message) {
        heard.add("message of " + message.readableBytes());
      }

      @Override
      public void halfClosed() {
        heard.add("half-closed");
      }

      @Override
      public void aborted() {
        heard.add("aborted");
      }
    };
  }

  private String heardNext() throws InterruptedException {
    return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
  }

  private void answered(byte[] head, byte[] body, String... parts) {
    try (WireFixture wire = WireFixture.serving(service());
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, head, body.length == 0);
      if (body.length > 0) {
        client.data(1, body, true);
      }
      Frame answer = client.await(RawHttp2.HEADERS, 1);
      assertThat(answer.endsStream()).isTrue();
      assertThat(Hpack.decoded(answer.payload())).contains(parts);
    }
  }

  @Test
  void anotherContentTypeOfTheFamilyIsAnswered415() {
    byte[] head =
        RawHttp2.block(
            ":method",
            "POST",
            ":scheme",
            "http",
            ":path",
            EchoService.UNARY,
            "content-type",
            "application/grpc-web");
    answered(
        head,
        new byte[0],
        ":status: 415",
        "grpc-message: invalid gRPC request content-type \"application/grpc-web\"");
  }

  @Test
  void anotherMethodThanPostIsAnswered405() {
    byte[] head =
        RawHttp2.block(
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            EchoService.UNARY,
            "content-type",
            "application/grpc+proto");
    answered(head, new byte[0], ":status: 405");
  }

  @Test
  void anUnknownCompressionIsRefusedAndTheKnownOneNamed() {
    answered(
        RawHttp2.grpc(EchoService.UNARY, "grpc-encoding", "snappy"),
        RawHttp2.message(new byte[1]),
        ":status: 200",
        "grpc-status: 12",
        "grpc-accept-encoding: gzip",
        "grpc-message: grpc: Decompressor is not installed for grpc-encoding \"snappy\"");
  }

  @Test
  void aCompressedMessageWithoutCompressionIsRefused() {
    answered(
        RawHttp2.grpc(EchoService.UNARY),
        new byte[] {1, 0, 0, 0, 1, 9},
        "grpc-status: 13",
        "grpc-message: grpc: compressed flag set with identity or empty encoding");
  }

  @Test
  void anUnknownFlagIsRefused() {
    answered(RawHttp2.grpc(EchoService.UNARY), new byte[] {2, 0, 0, 0, 0}, "grpc-status: 13");
  }

  @Test
  void brokenGzipIsRefused() {
    answered(
        RawHttp2.grpc(EchoService.UNARY, "grpc-encoding", "gzip"),
        new byte[] {1, 0, 0, 0, 1, 9},
        "grpc-status: 13");
  }

  @Test
  void aUnaryCallWithoutAMessageIsRefused() {
    answered(RawHttp2.grpc(EchoService.UNARY), new byte[0], "grpc-status: 13");
  }

  @Test
  void aUnaryCallWithTwoMessagesIsRefused() {
    answered(RawHttp2.grpc(EchoService.UNARY), new byte[10], "grpc-status: 13");
  }

  @Test
  void aBodyThatEndsInsideAMessageIsRefused() {
    answered(RawHttp2.grpc(EchoService.UNARY), new byte[] {0, 0, 0, 0, 9, 1}, "grpc-status: 13");
  }

  @Test
  void aMalformedTimeoutIsRefused() {
    answered(
        RawHttp2.grpc(HEARD, "grpc-timeout", "soon"),
        new byte[0],
        "grpc-status: 13",
        "grpc-message: malformed grpc-timeout: soon");
  }

  @Test
  void aPathThatNamesNoMethodIsRefused() {
    answered(
        RawHttp2.grpc("nothing"),
        new byte[0],
        "grpc-status: 12",
        "grpc-message: malformed method name: \"nothing\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 4096})
  void messagesAreFoundHoweverTheyAreCut(int cut) {
    try (WireFixture wire = WireFixture.serving(service());
        RawHttp2 client = new RawHttp2(wire.port())) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int size : new int[] {0, 1, 5, 0, 700, 3}) {
        all.writeBytes(RawHttp2.message(new byte[size]));
      }
      client.headers(1, RawHttp2.grpc(EchoService.BIDI), false);
      byte[] bytes = all.toByteArray();
      for (int at = 0; at < bytes.length; at += cut) {
        int end = Math.min(bytes.length, at + cut);
        client.data(1, java.util.Arrays.copyOfRange(bytes, at, end), end == bytes.length);
      }
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      for (Frame frame = client.next();
          !(frame.type() == RawHttp2.HEADERS && frame.endsStream());
          frame = client.next()) {
        if (frame.type() == RawHttp2.DATA) {
          back.writeBytes(frame.payload());
        }
      }
      assertThat(back.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void aStreamHearsThatItsDeadlinePassed() throws InterruptedException {
    ManualWireClock clock = new ManualWireClock();
    try (WireFixture wire = WireFixture.with(config -> config.withGrpc(service()), clock);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(HEARD, "grpc-timeout", "1S"), false);
      clock.awaitTimers(1, Duration.ofSeconds(1));
      clock.advance(Duration.ofSeconds(1));
      Frame answer = client.await(RawHttp2.HEADERS, 1);
      assertThat(Hpack.decoded(answer.payload()))
          .contains("grpc-status: 4", "grpc-message: context deadline exceeded");
      assertThat(heardNext()).isEqualTo("aborted");
      assertThat(client.await(RawHttp2.RST_STREAM, 1).word(0)).isZero();
    }
  }

  @Test
  void aStreamHearsThatItWasCancelled() throws InterruptedException {
    try (WireFixture wire = WireFixture.serving(service());
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(HEARD), false);
      client.data(1, RawHttp2.message(new byte[3]), false);
      assertThat(heardNext()).isEqualTo("message of 3");
      client.send(RawHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      assertThat(heardNext()).isEqualTo("aborted");
    }
  }

  @Test
  void aStreamHearsThatItsConnectionBroke() throws InterruptedException {
    try (WireFixture wire = WireFixture.serving(service())) {
      try (RawHttp2 client = new RawHttp2(wire.port())) {
        client.headers(1, RawHttp2.grpc(HEARD), false);
        client.data(1, RawHttp2.message(new byte[3]), true);
        assertThat(heardNext()).isEqualTo("message of 3");
        assertThat(heardNext()).isEqualTo("half-closed");
      }
      assertThat(heardNext()).isEqualTo("aborted");
    }
  }

  @Test
  void anEndedStreamIsNotAbortedToo() throws InterruptedException {
    try (WireFixture wire = WireFixture.serving(service());
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(HEARD), false);
      streams.poll(10, TimeUnit.SECONDS).close(GrpcStatus.OK);
      assertThat(
              client
                  .await(frame -> frame.type() == RawHttp2.HEADERS && frame.endsStream())
                  .stream())
          .isEqualTo(1);
      assertThat(client.await(RawHttp2.RST_STREAM, 1).word(0)).isZero();
      client.headers(3, RawHttp2.grpc(HEARD), true);
      assertThat(heardNext()).isEqualTo("half-closed");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aPausedStreamTakesOneWindowAndNoMore() throws InterruptedException {
    try (WireFixture wire = WireFixture.serving(service());
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(HEARD), false);
      GrpcStream stream = streams.poll(10, TimeUnit.SECONDS);
      stream.pauseReading();
      client.headers(3, RawHttp2.grpc(EchoService.UNARY), false);
      client.data(3, RawHttp2.message(new byte[1]), true);
      client.await(RawHttp2.DATA, 3);
      byte[] message = RawHttp2.message(new byte[16_379]);
      int fits = Http2Limits.DEFAULT.streamWindowBytes() / message.length;
      for (int i = 0; i < fits; i++) {
        client.data(1, message, false);
      }
      client.send(RawHttp2.PING, 0, 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
      Frame answer = client.await(frame -> frame.type() == RawHttp2.PING || frame.stream() == 1);
      assertThat(answer.type())
          .as("no window comes back for a paused stream")
          .isEqualTo(RawHttp2.PING);
      assertThat(heard).isEmpty();
      stream.resumeReading();
      client.await(RawHttp2.WINDOW_UPDATE, 1);
      for (int i = 0; i < fits; i++) {
        assertThat(heardNext()).isEqualTo("message of 16379");
      }
    }
  }

  @Test
  void aMethodThatFailsEndsItsCallAndIsReported() {
    GrpcService broken =
        EchoService.with(
            Map.of(
                "/test.Broken/Call",
                (GrpcService.Unary)
                    (call, message) -> {
                      throw new IllegalStateException("on purpose");
                    }));
    try (WireFixture wire = WireFixture.serving(broken);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc("/test.Broken/Call"), false);
      client.data(1, RawHttp2.message(new byte[3]), true);
      assertThat(Hpack.decoded(client.await(RawHttp2.HEADERS, 1).payload()))
          .contains("grpc-status: 13");
      assertThat(LeakWatch.awaitFault()).hasMessage("on purpose");
    }
  }
}
