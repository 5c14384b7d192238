package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.WebSocketHandshake;
import dev.pintle.wire.WebSocketHandshake.Accepted;
import dev.pintle.wire.WebSocketHandshake.Refused;
import dev.pintle.wire.WebSocketTerms;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A connection that goes on as a WebSocket.
class WebSocketTest {
  private static final String HEAD =
      "GET /feed HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
  private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 1, 2, 3, 4};
  private static final byte[] PING = {(byte) 0x89, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};

  private final BlockingQueue<Exchange.BodyWriter> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger();

  private void serve(Exchange exchange) {
    exchange.addHeader("audit-id", "not told");
    exchange.onAbort(() -> told.add("aborted"));
    exchange.onEnd((code, bytes) -> {
      status.set(code);
      told.add("ended " + bytes);
    });
    switch (WebSocketHandshake.of(exchange.head())) {
      case Accepted accepted -> opened.add(open(exchange, accepted));
      case Refused refused ->
          exchange.respond(
              refused.status(),
              ResponseHeaders.of("text/plain"),
              ByteBufUtil.writeUtf8(exchange.allocator(), refused.text()));
    }
  }

  private Exchange.BodyWriter open(Exchange exchange, Accepted accepted) {
    String protocol = accepted.protocols().isEmpty() ? "" : accepted.protocols().getFirst();
    Exchange.BodyWriter writer =
        exchange.startWebSocket(
            new WebSocketTerms(
                accepted.accept(), protocol, !exchange.head().path().equals("/bytes")));
    exchange.onDraining(writer::end);
    return writer;
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T found = queue.poll(WireFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(found).isNotNull();
    return found;
  }

  private WireFixture wire() {
    return WireFixture.serving(this::serve);
  }

  private RawClient client(WireFixture wire) {
    RawClient client = new RawClient(wire.port());
    client.send(HEAD + VERSION + "\r\n");
    assertThat(client.readUntil("\r\n\r\n")).isEqualTo(SWITCHED + "\r\n");
    return client;
  }

  private static void write(Exchange.BodyWriter writer, byte[] message) {
    writer.write(Unpooled.wrappedBuffer(message));
  }

  @Test
  void everyPieceIsAMessageAndTheEndClosesInGoodOrder() throws InterruptedException {
    try (WireFixture wire = wire();
        RawClient client = client(wire)) {
      Exchange.BodyWriter writer = next(opened);
      write(writer, "one".getBytes(StandardCharsets.US_ASCII));
      write(writer, new byte[126]);
      write(writer, new byte[5000]);
      write(writer, new byte[70_000]);
      assertThat(client.read(5)).isEqualTo(new byte[] {(byte) 0x81, 3, 'o', 'n', 'e'});
      assertThat(client.read(4 + 126)).startsWith(0x81, 126, 0, 126);
      assertThat(client.read(4 + 5000)).startsWith(0x81, 126, 0x13, 0x88);
      assertThat(client.read(10 + 70_000)).startsWith(0x81, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70);
      writer.end();
      assertThat(client.readToEnd()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
      assertThat(next(told)).isEqualTo("ended " + (3 + 126 + 5000 + 70_000));
      assertThat(status).hasValue(101);
    }
  }

  @Test
  void aClientThatClosesIsAnsweredAndHasGone() throws InterruptedException {
    try (WireFixture wire = wire();
        RawClient client = client(wire)) {
      client.send(CLOSE);
      assertThat(client.readToEnd()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
      assertThat(next(told)).isEqualTo("aborted");
      assertThat(next(told)).isEqualTo("ended 0");
      write(next(opened), new byte[1]);
    }
  }

  @Test
  void aPingIsAnswered() {
    try (WireFixture wire = wire();
        RawClient client = client(wire)) {
      client.send(PING);
      assertThat(client.read(4)).isEqualTo(new byte[] {(byte) 0x8a, 2, 'h', 'i'});
      client.send(CLOSE);
      assertThat(client.readToEnd()).hasSize(4);
    }
  }

  @Test
  void whoeverDoesNotKeepToTheProtocolIsClosed() throws InterruptedException {
    try (WireFixture wire = wire();
        RawClient client = client(wire)) {
      client.send(new byte[] {(byte) 0x81, 2, 'h', 'i'});
      assertThat(client.readToEnd()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xea});
      assertThat(next(told)).isEqualTo("aborted");
    }
  }

  /// It belongs to neither protocol.
  @Test
  void aRequestBehindTheHandshakeIsNotAnswered() throws InterruptedException {
    try (WireFixture wire = wire();
        RawClient client = new RawClient(wire.port())) {
      client.send(HEAD + VERSION + "\r\nGET /other HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readTextToEnd()).isEqualTo(SWITCHED + "\r\n\u0088\u0002\u0003\u00ea");
      assertThat(next(told)).isEqualTo("aborted");
    }
  }

  @Test
  void aListenerThatClosesSaysSo() throws InterruptedException {
    try (WireFixture wire = wire();
        RawClient client = client(wire)) {
      next(opened);
      wire.server().close();
      assertThat(client.readToEnd()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe9});
    }
  }

  @Test
  void manyPingsOfAClientThatReadsNothingCostOneAnswer() throws InterruptedException {
    try (WireFixture wire = wire();
        RawClient client = client(wire)) {
      Exchange.BodyWriter writer = next(opened);
      while (writer.isWritable()) {
        write(writer, new byte[1 << 20]);
        wire.settle();
      }
      for (int i = 0; i < 100_000; i++) {
        client.send(PING);
      }
      wire.settle();
      writer.end();
      byte[] all = client.readToEnd();
      assertThat(all.length % (1 << 20)).isLessThan(1000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Sec-WebSocket-Version: 8', 400, missing or bad WebSocket Version",
    "'X: y', 400, missing or bad WebSocket Version",
    "'Sec-WebSocket-Version: 13|Content-Length: 3', 400, unexpected body of a WebSocket request",
    "'Sec-WebSocket-Version: 13|Transfer-Encoding: chunked', 400, unexpected body of a WebSocket request"
  })
  void aHandshakeThatIsNotCompleteIsRefused(String headers, int code, String text) {
    try (WireFixture wire = wire();
        RawClient client = new RawClient(wire.port())) {
      client.send(HEAD + headers.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n");
      assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 " + code).endsWith(text);
    }
  }

  @Test
  void aClientOfTheJdkHearsWhatIsSaid() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (WireFixture wire = wire();
        HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("talk")
              .buildAsync(URI.create("ws://127.0.0.1:" + wire.port() + "/bytes"), new Ears(heard))
              .join();
      assertThat(socket.getSubprotocol()).isEqualTo("talk");
      Exchange.BodyWriter writer = next(opened);
      write(writer, new byte[3]);
      assertThat(next(heard)).isEqualTo("3 bytes");
      socket.sendText("ignored", true).join();
      writer.end();
      assertThat(next(heard)).isEqualTo("closed 1000");
    }
  }

  @Test
  void whatAClientSaysIsReadUntilItIsTooMuch() throws InterruptedException {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    try (WireFixture wire = WireFixture.serving(exchange -> listen(exchange, said));
        HttpClient http = HttpClient.newHttpClient()) {
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + wire.port() + "/"), new Ears(heard))
              .join();
      socket.sendText("hel", false).join();
      socket.sendText("lo", true).join();
      assertThat(next(said)).isEqualTo("hello");
      socket.sendText("x".repeat(50_000), true).join();
      assertThat(next(said)).hasSize(50_000);
      socket.sendText("too much", true).join();
      assertThat(next(heard)).isEqualTo("closed 1009");
      assertThat(next(told)).isEqualTo("aborted");
    }
  }

  /// Listens until the client says that it is too much.
  private void listen(Exchange exchange, BlockingQueue<String> said) {
    exchange.onAbort(() -> told.add("aborted"));
    StringBuilder message = new StringBuilder();
    if (WebSocketHandshake.of(exchange.head()) instanceof Accepted accepted) {
      exchange.startWebSocket(
          new WebSocketTerms(accepted.accept(), "", true),
          (part, end) -> {
            message.append(new String(part, StandardCharsets.US_ASCII));
            if (end) {
              said.add(message.toString());
              message.setLength(0);
            }
            return !message.toString().startsWith("too much");
          });
    }
  }

  private record Ears(BlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onBinary(
        WebSocket socket, java.nio.ByteBuffer data, boolean last) {
      heard.add(data.remaining() + " bytes");
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed " + code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      heard.add(error.toString());
    }
  }
}
