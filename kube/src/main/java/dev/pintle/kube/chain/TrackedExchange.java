package dev.pintle.kube.chain;

import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;

/// An exchange whose answer carries its Audit-Id and is counted when it ends.
final class TrackedExchange implements Exchange {
  /// Counted for a client that went away before it was answered; nobody is ever sent it.
  private static final int CLIENT_CLOSED = 499;

  private final Exchange exchange;
  private final String auditId;
  private final RequestMetrics.Running running;
  private volatile int status = CLIENT_CLOSED;

  TrackedExchange(Exchange exchange, String auditId, RequestMetrics.Running running) {
    this.exchange = exchange;
    this.auditId = auditId;
    this.running = running;
  }

  private void ended() {
    running.ended(status);
  }

  @Override
  public void respond(int code, ResponseHeaders headers, ByteBuf body) {
    running.ended(code);
    exchange.respond(code, headers.add("audit-id", auditId), body);
  }

  @Override
  public BodyWriter startResponse(int code, ResponseHeaders headers) {
    status = code;
    exchange.onAbort(this::ended);
    return new TrackedWriter(exchange.startResponse(code, headers.add("audit-id", auditId)));
  }

  private final class TrackedWriter implements BodyWriter {
    private final BodyWriter writer;

    TrackedWriter(BodyWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(ByteBuf piece) {
      writer.write(piece);
    }

    @Override
    public boolean isWritable() {
      return writer.isWritable();
    }

    @Override
    public void onWritable(Runnable action) {
      writer.onWritable(action);
    }

    @Override
    public void end() {
      ended();
      writer.end();
    }

    @Override
    public void cut() {
      ended();
      writer.cut();
    }
  }

  /// An exchange keeps one action, so that counting goes before the surface's own.
  @Override
  public void onAbort(Runnable action) {
    exchange.onAbort(() -> {
      ended();
      action.run();
    });
  }

  @Override
  public void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge) {
    exchange.onAbort(this::ended);
    exchange.readBody(bytesMax, whole, tooLarge);
  }

  @Override
  public RequestHead head() {
    return exchange.head();
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return exchange.clientCertificate();
  }

  @Override
  public boolean clientCertificateRefused() {
    return exchange.clientCertificateRefused();
  }

  @Override
  public SocketAddress remoteAddress() {
    return exchange.remoteAddress();
  }

  @Override
  public AnswerRoom answerRoom() {
    return exchange.answerRoom();
  }

  @Override
  public ByteBufAllocator allocator() {
    return exchange.allocator();
  }

  @Override
  public void streamBody(BodyReader reader) {
    exchange.streamBody(reader);
  }

  @Override
  public void pauseBody() {
    exchange.pauseBody();
  }

  @Override
  public void resumeBody() {
    exchange.resumeBody();
  }

  @Override
  public void onEnd(EndListener listener) {
    exchange.onEnd(listener);
  }

  @Override
  public void onDraining(Runnable action) {
    exchange.onDraining(action);
  }
}
