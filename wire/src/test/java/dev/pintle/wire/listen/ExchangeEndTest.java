package dev.pintle.wire.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.LeakWatch;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// However an exchange comes to its end, each listener hears of it once.
class ExchangeEndTest {
  interface Client extends AutoCloseable {
    @Override
    void close();
  }

  /// A version of the protocol, and a client that asks for `/` over it.
  enum Protocol {
    HTTP_1 {
      @Override
      Client ask(int port, String method) {
        return new RawClient(port).send(method + " / HTTP/1.1\r\nHost: x\r\n\r\n")::close;
      }
    },
    HTTP_2 {
      @Override
      Client ask(int port, String method) {
        byte[] block =
            RawHttp2.block(":method", method, ":scheme", "http", ":authority", "x", ":path", "/");
        return new RawHttp2(port).headers(1, block, true)::close;
      }
    };

    abstract Client ask(int port, String method);
  }

  private record End(String listener, int status, long bytes) {}

  private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  private static final HttpHandler ANSWERS =
      exchange ->
          exchange.respond(
              201,
              ResponseHeaders.of("text/plain"),
              ByteBufUtil.writeAscii(exchange.allocator(), "four"));

  private static final HttpHandler STREAMS =
      exchange -> {
        Exchange.BodyWriter writer = exchange.startResponse(202, new ResponseHeaders());
        writer.write(ByteBufUtil.writeAscii(exchange.allocator(), "one"));
        writer.write(ByteBufUtil.writeAscii(exchange.allocator(), "three"));
        writer.end();
      };

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAnswerEndsIt(Protocol protocol) throws Exception {
    assertThat(ends(protocol, "GET", ANSWERS)).isEqualTo(ofBoth(201, 4));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theBodyOfAnAnswerToHeadIsNotCounted(Protocol protocol) throws Exception {
    assertThat(ends(protocol, "HEAD", ANSWERS)).isEqualTo(ofBoth(201, 0));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theEndOfAStreamedAnswerEndsIt(Protocol protocol) throws Exception {
    assertThat(ends(protocol, "GET", STREAMS)).isEqualTo(ofBoth(202, 8));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamedAnswerToHeadIsOverWithItsHead(Protocol protocol) throws Exception {
    assertThat(ends(protocol, "HEAD", STREAMS)).isEqualTo(ofBoth(202, 0));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aCutAnswerEndsItWithWhatWasSentOfIt(Protocol protocol) throws Exception {
    HttpHandler cuts =
        exchange -> {
          Exchange.BodyWriter writer = exchange.startResponse(200, new ResponseHeaders());
          writer.write(ByteBufUtil.writeAscii(exchange.allocator(), "one"));
          writer.cut();
          writer.end();
        };
    assertThat(ends(protocol, "GET", cuts)).isEqualTo(ofBoth(200, 3));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aHandlerThatFailsIsAnsweredAndThatEndsIt(Protocol protocol) throws Exception {
    HttpHandler fails =
        exchange -> {
          throw new IllegalStateException("on purpose");
        };
    assertThat(ends(protocol, "GET", fails)).extracting(End::status).containsExactly(500, 500);
    assertThat(LeakWatch.awaitFault()).hasMessage("on purpose");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aClientThatLeavesUnansweredEndsItWithoutAStatus(Protocol protocol) throws Exception {
    assertThat(leaving(protocol, _ -> {})).isEqualTo(ofBoth(Exchange.UNANSWERED, 0));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aClientThatLeavesAStreamedAnswerEndsItWithItsStatus(Protocol protocol) throws Exception {
    HttpHandler endless =
        exchange -> {
          Exchange.BodyWriter writer = exchange.startResponse(200, new ResponseHeaders());
          writer.write(ByteBufUtil.writeAscii(exchange.allocator(), "one"));
        };
    assertThat(leaving(protocol, endless)).isEqualTo(ofBoth(200, 3));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aListenerThatComesAfterTheEndIsToldAtOnce(Protocol protocol) throws Exception {
    HttpHandler late =
        exchange -> {
          ANSWERS.handle(exchange);
          exchange.onEnd((status, bytes) -> ends.add(new End("late", status, bytes)));
        };
    assertThat(ends(protocol, "GET", late)).containsAll(ofBoth(201, 4));
    assertThat(next()).isEqualTo(new End("late", 201, 4));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void everyAbortListenerHearsOfAClientThatLeft(Protocol protocol) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    HttpHandler waits =
        exchange -> {
          exchange.onAbort(both::countDown);
          exchange.onAbort(both::countDown);
        };
    assertThat(leaving(protocol, waits)).hasSize(2);
    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAnswerFromAnotherThreadEndsItOnce(Protocol protocol) throws Exception {
    HttpHandler elsewhere =
        exchange -> {
          Thread.ofVirtual().start(() -> ANSWERS.handle(exchange));
        };
    assertThat(ends(protocol, "GET", elsewhere)).isEqualTo(ofBoth(201, 4));
  }

  private static void preempt(Exchange exchange) {
    exchange.preempt(
        504, ResponseHeaders.of("text/plain"), Unpooled.copiedBuffer("late", US_ASCII));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAnswerInPlaceOfTheHandlersEndsItAndTheHandlersIsForgotten(Protocol protocol)
      throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    HttpHandler late =
        exchange -> {
          exchange.onAbort(gone::countDown);
          Thread.ofVirtual()
              .start(() -> {
                preempt(exchange);
                ANSWERS.handle(exchange);
              });
        };
    assertThat(ends(protocol, "GET", late)).isEqualTo(ofBoth(504, 4));
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAnswerInPlaceOfOneThatHasBegunCutsIt(Protocol protocol) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    HttpHandler slow =
        exchange -> {
          exchange.onAbort(gone::countDown);
          Exchange.BodyWriter writer = exchange.startResponse(200, new ResponseHeaders());
          writer.write(ByteBufUtil.writeAscii(exchange.allocator(), "one"));
          preempt(exchange);
          writer.write(ByteBufUtil.writeAscii(exchange.allocator(), "two"));
          writer.end();
        };
    assertThat(ends(protocol, "GET", slow)).isEqualTo(ofBoth(200, 3));
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAnswerInPlaceOfOneThatIsWholeChangesNothing(Protocol protocol) throws Exception {
    HttpHandler whole =
        exchange -> {
          ANSWERS.handle(exchange);
          preempt(exchange);
        };
    assertThat(ends(protocol, "GET", whole)).isEqualTo(ofBoth(201, 4));
  }

  @Test
  void anAnswerInPlaceOfTheHandlersHasNoneOfItsHeaders() throws Exception {
    HttpHandler late =
        exchange -> {
          exchange.addHeader("audit-id", "a");
          exchange.beginHandlerHeaders();
          exchange.addHeader("x-of-handler", "b");
          preempt(exchange);
        };
    try (WireFixture wire = WireFixture.serving(late);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
      assertThat(client.readUntil("late"))
          .contains("\r\nAudit-Id: a\r\n")
          .doesNotContainIgnoringCase("x-of-handler");
    }
  }

  @Test
  void whatIsAnsweredInPlaceOfTheHandlerIsWhatTheClientReads() throws Exception {
    HttpHandler late =
        exchange -> {
          exchange.addHeader("audit-id", "a");
          preempt(exchange);
        };
    try (WireFixture wire = WireFixture.serving(late);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
      assertThat(client.readUntil("late"))
          .startsWith("HTTP/1.1 504 Gateway Timeout\r\n")
          .contains("\r\nAudit-Id: a\r\n");
    }
  }

  @Test
  void aBodyThatIsNoneIsAnsweredByTheWireAndThatEndsIt() throws Exception {
    String request = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    List<End> seen =
        ends(
            Protocol.HTTP_1,
            WireFixture.MIRROR,
            (port, got) -> {
              try (RawClient client = new RawClient(port)) {
                client.send(request);
                await(got);
                assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 400 Bad Request\r\n");
              }
            });
    assertThat(seen).isEqualTo(ofBoth(400, 0));
  }

  private List<End> ends(Protocol protocol, String method, HttpHandler handler) throws Exception {
    return ends(
        protocol,
        handler,
        (port, seen) -> {
          try (Client _ = protocol.ask(port, method)) {
            await(seen);
          }
        });
  }

  private List<End> leaving(Protocol protocol, HttpHandler handler) throws Exception {
    return ends(
        protocol,
        handler,
        (port, seen) -> {
          try (Client _ = protocol.ask(port, "GET")) {
            awaitRequest();
          }
          await(seen);
        });
  }

  /// The ends that two listeners heard of, after the server has gone and none can follow.
  private List<End> ends(
      Protocol protocol, HttpHandler handler, BiConsumer<Integer, List<End>> client)
      throws Exception {
    List<End> seen = new ArrayList<>();
    HttpHandler listening =
        exchange -> {
          exchange.onEnd((status, bytes) -> ends.add(new End("first", status, bytes)));
          exchange.onEnd((status, bytes) -> ends.add(new End("second", status, bytes)));
          try {
            handler.handle(exchange);
          } finally {
            asked.countDown();
          }
        };
    try (WireFixture wire = WireFixture.serving(listening)) {
      client.accept(wire.port(), seen);
    }
    assertThat(ends)
        .as("told once, over " + protocol)
        .allMatch(end -> end.listener().equals("late"));
    return seen;
  }

  private void await(List<End> seen) {
    seen.add(next());
    seen.add(next());
  }

  private void awaitRequest() {
    try {
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private End next() {
    try {
      End end = ends.poll(WireFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (end == null) {
        throw new AssertionError("nobody was told of the end");
      }
      return end;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static List<End> ofBoth(int status, long bytes) {
    return List.of(new End("first", status, bytes), new End("second", status, bytes));
  }
}
