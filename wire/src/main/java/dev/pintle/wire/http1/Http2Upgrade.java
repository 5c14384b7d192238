package dev.pintle.wire.http1;

import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.http2.Http2Session;
import dev.pintle.wire.http2.Http2Sessions;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.ReadShare;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.util.Base64;

/// The change of a plain HTTP/1.1 connection into an HTTP/2 one when a request asks with `Upgrade: h2c`.
final class Http2Upgrade {
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  private static final String SETTINGS_FIELD = "http2-settings";
  private static final int SETTING_BYTES = 6;

  private final Http2Sessions sessions;

  Http2Upgrade(Http2Sessions sessions) {
    this.sessions = sessions;
  }

  /// Only a request without a body may upgrade: its body would belong to neither protocol. Inside TLS the handshake has chosen
  /// the protocol, and the wish is passed over.
  boolean isAsked(ChannelHandlerContext ctx, HttpRequest request) {
    return ctx.pipeline().get(SslHandler.class) == null
        && request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)
        && request.headers().containsValue(HttpHeaderNames.CONNECTION, SETTINGS_FIELD, true)
        && request.headers().getAll(SETTINGS_FIELD).size() == 1
        && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
        && !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  /// True when the connection has become an HTTP/2 one; false when its settings are malformed, and the request is
  /// answered as if it had not asked.
  boolean tryUpgrade(
      ChannelHandlerContext ctx, HttpRequest request, LoopTurn turn, ConnectionAccount account) {
    Http2Settings settings;
    try {
      settings = settings(request.headers().get(SETTINGS_FIELD));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    request.headers().set(HttpConversionUtil.ExtensionHeaderNames.SCHEME.text(), "http");
    Http2Headers head = HttpConversionUtil.toHttp2Headers(request, false);
    ByteBuf switching = ByteBufUtil.writeAscii(ctx.alloc(), SWITCHING);
    var _ = ctx.writeAndFlush(switching, ctx.voidPromise());
    Http2Session session = sessions.session(turn, account);
    ctx.pipeline().addLast(session);
    try {
      session.upgraded(settings, head);
    } catch (Http2Exception refused) {
      var _ = ctx.close();
    }
    // In this order: the decoder leaves what it read too far to the next handler.
    ctx.pipeline().remove(ctx.handler());
    ctx.pipeline().remove(RequestDecoder.class);
    ReadShare.want(ctx.channel(), true);
    return true;
  }

  private static Http2Settings settings(String encoded) {
    ByteBuffer payload = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
    if (payload.remaining() % SETTING_BYTES != 0) {
      throw new IllegalArgumentException("http2-settings: %d bytes".formatted(payload.remaining()));
    }
    Http2Settings settings = new Http2Settings();
    while (payload.hasRemaining()) {
      char id = payload.getChar();
      settings.put(id, Long.valueOf(Integer.toUnsignedLong(payload.getInt())));
    }
    return settings;
  }
}
