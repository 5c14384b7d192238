package dev.pintle.etcd.http;

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

/// A request whose answer pages of one origin, or of all, may read.
final class CorsExchange implements Exchange {
  private final Exchange exchange;
  private final String origin;

  /// @param origin `*` for all
  CorsExchange(Exchange exchange, String origin) {
    this.exchange = exchange;
    this.origin = origin;
  }

  @Override
  public void respond(int status, ResponseHeaders headers, ByteBuf body) {
    exchange.respond(status, allow(headers), body);
  }

  @Override
  public BodyWriter startResponse(int status, ResponseHeaders headers) {
    return exchange.startResponse(status, allow(headers));
  }

  private ResponseHeaders allow(ResponseHeaders headers) {
    return headers
        .add("access-control-allow-headers", "accept, content-type, authorization")
        .add("access-control-allow-methods", "POST, GET, OPTIONS, PUT, DELETE")
        .add("access-control-allow-origin", origin);
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
  public void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge) {
    exchange.readBody(bytesMax, whole, tooLarge);
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
  public void onAbort(Runnable action) {
    exchange.onAbort(action);
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
