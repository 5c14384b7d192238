package dev.pintle.bench.api;

import dev.pintle.bench.client.ServerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// The thread that moves the bytes of all connections of a process's clients.
public final class ApiLoops implements AutoCloseable {
  private static final int CONNECT_MILLIS_MAX = 20_000;
  private static final int WINDOW_BYTES = 4 << 20;

  private final boolean epoll = Epoll.isAvailable();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1,
          new DefaultThreadFactory("api", true),
          epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  /// A connection that is ready to be called on.
  public ApiConnection open(ServerAddress at, ApiIdentity identity)
      throws IOException, InterruptedException {
    Http2FrameCodec codec =
        Http2FrameCodecBuilder.forClient()
            .initialSettings(Http2Settings.defaultSettings().initialWindowSize(WINDOW_BYTES))
            .build();
    ApiStreams streams = new ApiStreams(codec);
    Channel channel =
        new Bootstrap()
            .group(group)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(
                            identity.tls().newHandler(made.alloc(), at.host(), at.port()),
                            codec,
                            streams);
                  }
                })
            .connect(at.host(), at.port())
            .sync()
            .channel();
    streams.awaitReady();
    return new ApiConnection(channel, streams, at, identity.token());
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
