package dev.pintle.etcd.gateway;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketHandshake;
import dev.pintle.wire.WebSocketHandshake.Accepted;
import dev.pintle.wire.WebSocketHandshake.Refused;
import dev.pintle.wire.WebSocketTerms;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The WebSocket of one call: whatever the path, the client sends the messages of the request, and is sent those of the answer.
final class GatewaySocket implements SocketReader {
  /// A part that came before anybody read.
  private static final class Early {
    private final byte[] part;
    private final boolean end;

    Early(byte[] part, boolean end) {
      this.part = part;
      this.end = end;
    }
  }

  private final List<Early> early = new ArrayList<>(0);
  private @Nullable SocketReader reader;

  private GatewaySocket() {}

  /// Opens the socket that the client asks for. On the event loop.
  ///
  /// @param call begins the call, and answers who reads what the client sends
  static void open(Exchange exchange, Function<BodyWriter, SocketReader> call) {
    RequestHead head = exchange.head();
    switch (WebSocketHandshake.of(head)) {
      case Refused refused -> refuse(exchange, refused.status());
      case Accepted accepted -> {
        GatewaySocket socket = new GatewaySocket();
        BodyWriter writer =
            exchange.startWebSocket(
                new WebSocketTerms(accepted.accept(), SocketHead.protocol(head), true), socket);
        socket.hear(call.apply(writer));
      }
    }
  }

  /// In the words of the library that etcd uses.
  private static void refuse(Exchange exchange, int status) {
    ResponseHeaders headers =
        ResponseHeaders.of("text/plain; charset=utf-8")
            .add("x-content-type-options", "nosniff")
            .add("sec-websocket-version", WebSocketHandshake.VERSION);
    String text = status == 405 ? "Method Not Allowed\n" : "Bad Request\n";
    exchange.respond(status, headers, Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void hear(SocketReader by) {
    reader = by;
    early.forEach(part -> by.take(part.part, part.end));
    early.clear();
  }

  @Override
  public boolean take(byte[] part, boolean end) {
    SocketReader by = reader;
    return by == null ? early.add(new Early(part, end)) : by.take(part, end);
  }
}
