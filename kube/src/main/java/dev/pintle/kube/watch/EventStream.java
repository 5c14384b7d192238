package dev.pintle.kube.watch;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.WebSocketHandshake;
import dev.pintle.wire.WebSocketTerms;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;

/// The way of the events of one watch to its client: the body of an answer that goes on, or the messages of a WebSocket, each of them one
/// event.
final class EventStream {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final BodyWriter body;
  private final boolean messages;
  private final int lengthBytes;

  private EventStream(BodyWriter body, boolean messages, int lengthBytes) {
    this.body = body;
    this.messages = messages;
    this.lengthBytes = lengthBytes;
  }

  /// Opens it as the client asks; empty where that was refused, and answered.
  static Optional<EventStream> open(Reply reply) {
    if (!WebSocketHandshake.isAsked(reply.exchange().head())) {
      return Optional.of(new EventStream(reply.startEvents(), false, 0));
    }
    boolean text = reply.form().mediaType() == MediaType.JSON;
    return switch (WebSocketHandshake.of(reply.exchange().head())) {
      case WebSocketHandshake.Accepted accepted -> openSocket(accepted, text, reply);
      case WebSocketHandshake.Refused refused -> {
        reply.handshakeRefused(refused);
        yield Optional.empty();
      }
    };
  }

  private static Optional<EventStream> openSocket(
      WebSocketHandshake.Accepted accepted, boolean text, Reply reply) {
    List<String> protocols = accepted.protocols();
    if (!WatchOrigin.isRight(reply.exchange())) {
      reply.handshakeRefused(new WebSocketHandshake.Refused(403, "", false));
      return Optional.empty();
    }
    if (protocols.size() > 1) {
      // Nothing would tell which of them to speak.
      reply.handshakeRefused(new WebSocketHandshake.Refused(400, "", false));
      return Optional.empty();
    }
    String protocol = protocols.isEmpty() ? "" : protocols.getFirst();
    reply.recordStart(SWITCHING_PROTOCOLS);
    BodyWriter body =
        reply.exchange().startWebSocket(new WebSocketTerms(accepted.accept(), protocol, text));
    return Optional.of(new EventStream(body, true, text ? 0 : Integer.BYTES));
  }

  /// Sends frames as [EventBytes] makes them; a message has a length of its own.
  void write(List<byte[]> frames) {
    if (messages) {
      for (byte[] frame : frames) {
        body.write(Unpooled.wrappedBuffer(frame, lengthBytes, frame.length - lengthBytes));
      }
    } else {
      body.write(Unpooled.wrappedBuffer(frames.toArray(byte[][]::new)));
    }
  }

  void write(byte[] frame) {
    write(List.of(frame));
  }

  boolean isWritable() {
    return body.isWritable();
  }

  void onWritable(Runnable action) {
    body.onWritable(action);
  }

  void end() {
    body.end();
  }
}
