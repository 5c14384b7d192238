package dev.pintle.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Map;

/// The listener that brings each frame to its stream's reader.
final class FrameListener extends Http2FrameAdapter {
  private static final int HEADER_BYTES = 32;
  private static final String HEADERS_TOO_LARGE = "431";

  private final Http2Session session;
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey linkKey;
  private final StreamAcceptor acceptor;

  FrameListener(Http2Session session, StreamAcceptor acceptor) {
    this.session = session;
    this.connection = session.connection();
    this.linkKey = session.linkKey();
    this.acceptor = acceptor;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end) {
    Http2Stream stream = connection.stream(id);
    StreamLink link = stream.getProperty(linkKey);
    if (link == null) {
      link = open(stream, headers, end);
    }
    if (end) {
      link.receiveEnd();
    }
  }

  private StreamLink open(Http2Stream stream, Http2Headers headers, boolean end) {
    StreamLink link = new StreamLink(session, stream, end);
    stream.setProperty(linkKey, link);
    session.greeted();
    long headBytes = sizeOf(headers);
    if (session.refusesRequests() || !link.tryBegin(headBytes)) {
      link.reset(Http2Error.REFUSED_STREAM);
    } else if (headBytes > session.headerListBytesMax()) {
      link.headers(new DefaultHttp2Headers(false).status(HEADERS_TOO_LARGE), true);
    } else {
      link.readBy(acceptor.accept(link, headers));
    }
    return link;
  }

  /// As the protocol counts a header list.
  private static long sizeOf(Http2Headers headers) {
    long size = 0;
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      size += header.getKey().length() + header.getValue().length() + HEADER_BYTES;
    }
    return size;
  }

  /// The request that asked for the upgrade from HTTP/1.1 is stream 1, and whole already.
  void upgraded(Http2Headers headers) {
    open(connection.stream(Http2CodecUtil.HTTP_UPGRADE_STREAM_ID), headers, true).receiveEnd();
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int id,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end) {
    onHeadersRead(ctx, id, headers, padding, end);
  }

  @Override
  public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
    StreamLink link = connection.stream(id).getProperty(linkKey);
    if (link == null) {
      return data.readableBytes() + padding;
    }
    int taken = padding + link.receive(data, end);
    if (end) {
      link.receiveEnd();
    }
    return taken;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    session.care().greeted();
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) {
    session.care().pinged();
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext ctx, long data) {
    session.care().pingAnswered(data);
  }
}
