package dev.pintle.wire.listen;

import dev.pintle.wire.loop.Faults;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/// The handler that goes on with the protocol that the TLS handshake agreed on; a client that names none speaks
/// HTTP/1.1.
final class AlpnChoice extends ApplicationProtocolNegotiationHandler {
  private final Protocols protocols;

  AlpnChoice(Protocols protocols) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.protocols = protocols;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      protocols.addHttp2(ctx.pipeline());
    } else {
      protocols.addHttp1(ctx.pipeline());
    }
  }

  @Override
  protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Faults.reportIfOurs(cause);
    var _ = ctx.close();
  }
}
