package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.Http1Limits;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.LeakWatch;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Http1Test {
  private static final String GET = "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n";

  private static ByteBuf text(Exchange exchange, String text) {
    return ByteBufUtil.writeUtf8(exchange.allocator(), text);
  }

  private static WireFixture limited(HttpHandler handler, Http1Limits limits) {
    return WireFixture.serving(handler, WireLimits.DEFAULT.withHttp1(limits));
  }

  private static Http1Limits limits(int line, int headers, Duration head, Duration idle) {
    return new Http1Limits(line, headers, head, idle, Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrderWhoeverIsReadyFirst() {
    HttpHandler slowFirst =
        exchange -> {
          ResponseHeaders plain = ResponseHeaders.of("text/plain");
          if (exchange.head().path().equals("/slow")) {
            Thread.ofVirtual().start(() -> exchange.respond(200, plain, text(exchange, "slow!")));
          } else {
            exchange.respond(200, plain, text(exchange, "fast!"));
          }
        };
    try (WireFixture wire = WireFixture.serving(slowFirst);
        RawClient client = new RawClient(wire.port())) {
      client.send(
          GET.formatted("slow")
              + GET.formatted("fast")
              + GET.formatted("slow")
              + GET.formatted("fast"));
      assertThat(client.readUntil("slow!"))
          .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n");
      assertThat(client.readUntil("fast!")).doesNotContain("slow");
      client.readUntil("slow!");
      client.readUntil("fast!");
    }
  }

  @Test
  void aThousandPipelinedRequestsAreAllAnswered() {
    try (WireFixture wire = WireFixture.serving(WireFixture.HELLO);
        RawClient client = new RawClient(wire.port())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        all.append(GET.formatted("n" + i + "."));
      }
      client.send(all.toString());
      for (int i = 0; i < 1000; i++) {
        client.readUntil("/n" + i + ".");
      }
    }
  }

  @Test
  void aChunkedBodyComesAndGoes() {
    HttpHandler streamed =
        exchange ->
            exchange.readBody(
                100,
                body -> {
                  Exchange.BodyWriter answer =
                      exchange.startResponse(200, ResponseHeaders.of("text/plain"));
                  answer.write(body);
                  answer.write(text(exchange, "!"));
                  answer.end();
                },
                () -> exchange.respond(413, new ResponseHeaders(), text(exchange, "")));
    try (WireFixture wire = WireFixture.serving(streamed);
        RawClient client = new RawClient(wire.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertThat(client.readUntil("0\r\n\r\n"))
          .contains("Transfer-Encoding: chunked\r\n")
          .endsWith("\r\n\r\n5\r\nabcde\r\n1\r\n!\r\n0\r\n\r\n");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinueWhenTheBodyIsWanted() {
    try (WireFixture wire = WireFixture.serving(WireFixture.MIRROR);
        RawClient client = new RawClient(wire.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("ok");
      assertThat(client.readUntil("ok")).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void aClientThatAsksFirstAndIsRefusedIsNotReadFurther() {
    try (WireFixture wire = WireFixture.serving(WireFixture.HELLO);
        RawClient client = new RawClient(wire.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readTextToEnd())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Connection: close\r\n");
    }
  }

  @Test
  void headTellsTheLengthAndSendsNothing() {
    try (WireFixture wire = WireFixture.serving(WireFixture.HELLO);
        RawClient client = new RawClient(wire.port())) {
      client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(client.readTextToEnd()).contains("Content-Length: 16\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  void anOldClientReadsUntilTheEnd() {
    HttpHandler streamed =
        exchange -> {
          Exchange.BodyWriter answer = exchange.startResponse(200, new ResponseHeaders());
          answer.write(text(exchange, "a"));
          answer.write(text(exchange, "b"));
          answer.end();
        };
    try (WireFixture wire = WireFixture.serving(streamed);
        RawClient client = new RawClient(wire.port())) {
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.readTextToEnd()).contains("Connection: close\r\n").endsWith("\r\n\r\nab");
    }
  }

  @Test
  void whatIsNoRequestIsAnswered400() {
    refused(Http1Limits.DEFAULT, "nonsense\r\n\r\n", "400 Bad Request");
    refused(Http1Limits.DEFAULT, "GET / HTTP/1.1\r\n\r\n", "400 Bad Request");
    refused(Http1Limits.DEFAULT, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400 Bad Request");
    refused(
        Http1Limits.DEFAULT, "GET / HTTP/3.1\r\nHost: x\r\n\r\n", "505 HTTP Version Not Supported");
    refused(
        Http1Limits.DEFAULT,
        "GET / HTTP/1.1\r\nHost: x\r\nExpect: magic\r\n\r\n",
        "417 Expectation Failed");
    refused(
        Http1Limits.DEFAULT,
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\n",
        "400 Bad Request");
  }

  @Test
  void aLineOverTheLimitIsAnswered414() {
    Http1Limits small = limits(100, 1000, Duration.ofSeconds(9), Duration.ofSeconds(9));
    refused(small, GET.formatted("a".repeat(100)), "414 Request-URI Too Long");
  }

  @Test
  void headersOverTheLimitAreAnswered431() {
    Http1Limits small = limits(100, 1000, Duration.ofSeconds(9), Duration.ofSeconds(9));
    refused(
        small,
        "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(1000) + "\r\n\r\n",
        "431 Request Header Fields Too Large");
  }

  private static void refused(Http1Limits limits, String request, String status) {
    try (WireFixture wire = limited(WireFixture.HELLO, limits);
        RawClient client = new RawClient(wire.port())) {
      client.send(request);
      assertThat(client.readTextToEnd())
          .startsWith("HTTP/1.1 " + status + "\r\n")
          .contains("Connection: close\r\n");
    }
  }

  @Test
  void aBrokenChunkIsAnswered400() {
    try (WireFixture wire = WireFixture.serving(WireFixture.MIRROR);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc");
      assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }
  }

  @Test
  void aSmallUnwantedBodyKeepsTheConnection() {
    try (WireFixture wire = WireFixture.serving(WireFixture.HELLO);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
      client.send(new byte[100_000]).send(GET.formatted("b"));
      client.readUntil("POST /a");
      client.readUntil("GET /b");
    }
  }

  @Test
  void aLargeUnwantedBodyEndsTheConnection() {
    try (WireFixture wire = WireFixture.serving(WireFixture.HELLO);
        RawClient client = new RawClient(wire.port())) {
      client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");
      client.readUntil("POST /a");
      for (int i = 0; i < 100; i++) {
        client.trySend(new byte[10_000]);
      }
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void transferEncodingsOtherThanChunkedAreNotImplemented() {
    for (String encodings :
        List.of(
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")) {
      try (WireFixture wire = WireFixture.serving(WireFixture.MIRROR);
          RawClient client = new RawClient(wire.port())) {
        client.send("POST / HTTP/1.1\r\nHost: x\r\n" + encodings + "\r\n0\r\n\r\n");
        assertThat(client.readTextToEnd())
            .as(encodings)
            .startsWith("HTTP/1.1 501 Not Implemented\r\n")
            .contains("Unsupported transfer encoding");
      }
    }
  }

  @Test
  void aHandlerHearsThatItsClientLeft() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    HttpHandler patient =
        exchange -> {
          exchange.onAbort(left::countDown);
          asked.countDown();
        };
    try (WireFixture wire = WireFixture.serving(patient)) {
      try (RawClient client = new RawClient(wire.port())) {
        client.send(GET.formatted("a"));
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aHandlerThatFailsIsAnswered500AndReported() {
    HttpHandler broken =
        exchange -> {
          throw new IllegalStateException("on purpose");
        };
    try (WireFixture wire = WireFixture.serving(broken);
        RawClient client = new RawClient(wire.port())) {
      client.send(GET.formatted("a"));
      assertThat(client.readUntil("failed\n")).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
      assertThat(LeakWatch.awaitFault()).hasMessage("on purpose");
    }
  }

  @Test
  void closingLetsTheRequestAtHandFinish() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch draining = new CountDownLatch(1);
    HttpHandler untilDrained =
        exchange -> {
          exchange.onDraining(() -> {
            draining.countDown();
            exchange.respond(200, new ResponseHeaders(), text(exchange, "bye"));
          });
          asked.countDown();
        };
    try (WireFixture wire = WireFixture.serving(untilDrained);
        RawClient client = new RawClient(wire.port());
        RawClient idle = new RawClient(wire.port())) {
      client.send(GET.formatted("a"));
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      wire.server().close(Duration.ofSeconds(10));
      assertThat(draining.getCount()).isZero();
      assertThat(client.readTextToEnd()).contains("Connection: close").endsWith("bye");
      assertThat(idle.readToEnd()).isEmpty();
    }
  }

  /// Answers that are not read must not grow: requests sent ahead wait in the client's own socket.
  @Test
  void aClientThatOnlyWritesIsNotReadFurther() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    HttpHandler wordy =
        exchange -> {
          answered.incrementAndGet();
          ByteBuf body = exchange.allocator().buffer(10_000).writeZero(10_000);
          exchange.respond(200, ResponseHeaders.of("text/plain"), body);
        };
    try (WireFixture wire = WireFixture.serving(wordy);
        RawClient client = new RawClient(wire.port())) {
      client.send(GET.formatted("a").repeat(10_000));
      client.read(1 << 20);
      assertThat(answered.get())
          .as("kernel buffers and the socket's bound, not 100 MB")
          .isLessThan(5_000);
      client.read((99 << 20) - (5 << 20));
    }
  }
}
