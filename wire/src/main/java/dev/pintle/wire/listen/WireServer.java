package dev.pintle.wire.listen;

import dev.pintle.wire.QueueLimits;
import dev.pintle.wire.http1.Http1Session;
import dev.pintle.wire.http2.Http2Session;
import dev.pintle.wire.loop.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A listener: accepts connections on one address until it is closed.
public final class WireServer implements AutoCloseable {
  private static final int BACKLOG = 4096;

  /// What the kernel holds of an answer that the client's window has no room for yet. Left to itself it takes megabytes of a client
  /// that never reads, which all had to be made and encrypted.
  private static final long UNSENT_BYTES_MAX = 128 << 10;

  private static final int READ_BYTES_MIN = 512;
  private static final int READ_BYTES_FIRST = 2048;

  /// As much as one TLS record and its frame. Hundreds of small requests fit in.
  private static final int READ_BYTES_MAX = 17 << 10;

  /// A client whose machine is gone is noticed after the probes in a row, a good two minutes; Go's listeners do the same.
  private static final int KEEPALIVE_SECONDS = 15;

  private static final int KEEPALIVE_PROBES_MAX = 9;

  private final Channel listener;
  private final @Nullable Path file;
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

  private WireServer(EventLoops loops, ListenerConfig config) throws IOException {
    SocketAddress at = config.address();
    if (at instanceof UnixDomainSocketAddress file) {
      removeStale(file.getPath());
      at = loops.addressOf(file);
    }
    ChannelFuture bound = bootstrap(loops, config).bind(at).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "listen on %s: %s".formatted(config.address(), bound.cause().getMessage()),
          bound.cause());
    }
    listener = bound.channel();
    file =
        config.address() instanceof UnixDomainSocketAddress named
            ? named.getPath().toAbsolutePath()
            : null;
  }

  /// What a process that was killed left behind keeps nobody from listening. What is no socket is not ours to remove, as the bind
  /// itself would.
  private static void removeStale(Path file) throws IOException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther()) {
        throw new FileAlreadyExistsException("%s: is there, and no socket".formatted(file));
      }
      Files.delete(file);
    } catch (NoSuchFileException free) {
      // nobody listened there
    }
  }

  /// Listens; connections are accepted when this returns.
  public static WireServer listen(EventLoops loops, ListenerConfig config) throws IOException {
    return new WireServer(loops, config);
  }

  private ServerBootstrap bootstrap(EventLoops loops, ListenerConfig config) {
    boolean isFile = config.address() instanceof UnixDomainSocketAddress;
    ServerBootstrap bootstrap = new ServerBootstrap();
    if (!isFile) {
      ofTcp(bootstrap, loops, config);
    }
    return common(bootstrap, loops, config).channel(loops.serverChannelType(isFile));
  }

  private static void ofTcp(ServerBootstrap bootstrap, EventLoops loops, ListenerConfig config) {
    bootstrap
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true);
    if (config.reusePort()) {
      bootstrap.option(
          loops.isEpoll()
              ? EpollChannelOption.SO_REUSEPORT
              : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT),
          true);
    }
    if (loops.isEpoll()) {
      bootstrap
          .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES_MAX)
          .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
    }
  }

  private ServerBootstrap common(
      ServerBootstrap bootstrap, EventLoops loops, ListenerConfig config) {
    QueueLimits queues = config.limits().queues();
    ConnectionPipeline entrance = new ConnectionPipeline(loops, config);
    return bootstrap
        .group(loops.group())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .handler(
            new ConnectionAdmission(config.limiter(), config.judgesBeyond(), WireServer::leave))
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, oneRead())
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(queues.socketBytesMax() / 2, queues.socketBytesMax()))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel connection) {
                connections.add(connection);
                connection.closeFuture().addListener(closed -> connections.remove(connection));
                entrance.open(connection.pipeline());
              }
            });
  }

  /// A connection that always has more to be read waits for its next turn after each read, so that what others sent waits for no
  /// more than one read of each.
  private static RecvByteBufAllocator oneRead() {
    return new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX)
        .maxMessagesPerRead(1);
  }

  /// Where it listens, unless that is a file; with the port that was chosen when 0 was asked for.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  public int port() {
    return address().getPort();
  }

  /// Open connections.
  public int connectionCount() {
    return connections.size();
  }

  /// Accepts no more, asks every client to leave, waits until they have or `grace` is over, then cuts the rest.
  public void close(Duration grace) {
    listener.close().awaitUninterruptibly();
    removeFile();
    Set<Channel> leaving = Set.copyOf(connections);
    CountDownLatch open = new CountDownLatch(leaving.size());
    for (Channel connection : leaving) {
      connection.closeFuture().addListener(closed -> open.countDown());
      connection.eventLoop().execute(() -> drain(connection));
    }
    awaitOrInterrupt(open, grace);
    for (Channel connection : Set.copyOf(connections)) {
      var _ = connection.close();
    }
  }

  private void removeFile() {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        // the next who listens there removes it
      }
    }
  }

  private static void awaitOrInterrupt(CountDownLatch latch, Duration patience) {
    try {
      latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends a connection that only waits for its client, to make room for another.
  private static void leave(Channel connection) {
    Http2Session http2 = connection.pipeline().get(Http2Session.class);
    if (http2 != null) {
      http2.leave();
    } else {
      var _ = connection.close();
    }
  }

  private static void drain(Channel connection) {
    Http2Session http2 = connection.pipeline().get(Http2Session.class);
    Http1Session http1 = connection.pipeline().get(Http1Session.class);
    if (http2 != null) {
      http2.drain();
    } else if (http1 != null) {
      http1.drain();
    } else {
      var _ = connection.close();
    }
  }

  /// Closes at once.
  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
