package dev.pintle.wire.http1;

import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.http2.Http2Sessions;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.tls.ClientCertificates;
import io.netty.channel.ChannelPipeline;

/// The maker of the HTTP/1.1 handlers in the pipeline of one connection.
public final class Http1Sessions {
  private final WireLimits limits;
  private final ClientCertificates clientCertificates;
  private final HttpHandler handler;
  private final Http2Upgrade upgrade;

  public Http1Sessions(
      WireLimits limits,
      ClientCertificates clientCertificates,
      HttpHandler handler,
      Http2Sessions http2) {
    this.limits = limits;
    this.clientCertificates = clientCertificates;
    this.handler = handler;
    this.upgrade = new Http2Upgrade(http2);
  }

  public void addTo(ChannelPipeline pipeline, LoopTurn turn, ConnectionAccount account) {
    RequestDecoder decoder = new RequestDecoder(limits.http1());
    pipeline.addLast(decoder, new Http1Session(turn, this, decoder, account));
  }

  WireLimits limits() {
    return limits;
  }

  ClientCertificates clientCertificates() {
    return clientCertificates;
  }

  HttpHandler handler() {
    return handler;
  }

  Http2Upgrade upgrade() {
    return upgrade;
  }
}
