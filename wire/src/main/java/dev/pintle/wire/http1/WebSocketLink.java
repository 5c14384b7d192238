package dev.pintle.wire.http1;

import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketTerms;
import dev.pintle.wire.websocket.ClientFrames;
import dev.pintle.wire.websocket.ServerFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/// The WebSocket that an HTTP/1.1 connection has become: what is written goes through the connection's own queue, with its bounds.
final class WebSocketLink {
  /// Up to here one copied buffer is cheaper than two.
  private static final int COPY_BYTES_MAX = 2048;

  private static final int HEAD_BYTES_USUAL = 256;

  private final Http1Session session;
  private final WebSocketTerms terms;
  private final ClientFrames frames;
  private boolean closed;

  WebSocketLink(Http1Session session, WebSocketTerms terms, SocketReader reader) {
    this.session = session;
    this.terms = terms;
    this.frames = new ClientFrames(reader);
  }

  /// Tells the client that the connection goes on as a WebSocket, in no more words than Go's server.
  void begin() {
    ByteBuf out = session.allocator().buffer(HEAD_BYTES_USUAL);
    ByteBufUtil.writeUtf8(
        out,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + terms.accept()
            + "\r\n");
    if (!terms.protocol().isEmpty()) {
      ByteBufUtil.writeUtf8(out, "Sec-WebSocket-Protocol: " + terms.protocol() + "\r\n");
    }
    ByteBufUtil.writeUtf8(out, "\r\n");
    session.write(out);
  }

  /// Sends a message, and releases it.
  void write(ByteBuf message) {
    int bytes = message.readableBytes();
    boolean copy = bytes <= COPY_BYTES_MAX;
    ByteBuf out = session.allocator().buffer(ServerFrames.HEAD_BYTES_MAX + (copy ? bytes : 0));
    ServerFrames.messageHead(out, terms.text(), bytes);
    if (copy) {
      session.write(out.writeBytes(message));
      message.release();
    } else {
      session.write(out);
      session.write(message);
    }
  }

  /// Reads what the client sent; answers how to close, or that it stays open (`CloseStatus.OPEN`).
  int read(ByteBuf bytes) {
    return frames.read(bytes);
  }

  /// Whether a ping waits for its answer.
  boolean owesPong() {
    return !closed && frames.hasPing();
  }

  /// Answers the newest ping, and those before it with it.
  void pong() {
    byte[] ping = closed ? null : frames.takePing();
    if (ping != null) {
      session.write(ServerFrames.pong(session.allocator(), ping));
    }
  }

  void close(int status) {
    if (!closed) {
      closed = true;
      session.write(ServerFrames.close(session.allocator(), status));
    }
  }
}
