package dev.pintle.wire.loop;

import dev.pintle.wire.time.WireClock;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The threads that move bytes, shared by all listeners of a process: `wire-1`, `wire-2`, ….
public final class EventLoops implements AutoCloseable {
  private static final Duration QUIET_MAX = Duration.ofSeconds(5);

  private final MultiThreadIoEventLoopGroup group;
  private final boolean epoll;
  private final IdentityHashMap<EventExecutor, LoopTurn> turns = new IdentityHashMap<>();

  private EventLoops(int threads, boolean epoll, WireClock clock) {
    this.epoll = epoll;
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("wire", true), io);
    for (EventExecutor loop : group) {
      turns.put(loop, new LoopTurn((EventLoop) loop, clock));
    }
  }

  /// Starts `threads` event loops on epoll where it loads, else on NIO.
  public static EventLoops start(int threads) {
    return start(threads, WireClock.SYSTEM);
  }

  /// As [#start(int)], by another clock than the system's.
  public static EventLoops start(int threads, WireClock clock) {
    return new EventLoops(threads, Epoll.isAvailable(), clock);
  }

  /// As many loops as there are processors: an event loop never waits, so more would only take turns.
  public static EventLoops start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  static EventLoops startOnNio(int threads) {
    return new EventLoops(threads, false, WireClock.SYSTEM);
  }

  public MultiThreadIoEventLoopGroup group() {
    return group;
  }

  /// Each loop, as something that runs a task on its thread.
  public List<Executor> executors() {
    List<Executor> executors = new ArrayList<>();
    group.forEach(executors::add);
    return executors;
  }

  /// @param file whether the socket is a file
  public Class<? extends ServerChannel> serverChannelType(boolean file) {
    if (file) {
      return epoll ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
    }
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /// The address of a socket that is a file, as the channels of these loops take it.
  public SocketAddress addressOf(UnixDomainSocketAddress file) {
    return epoll ? new DomainSocketAddress(file.getPath().toString()) : file;
  }

  public boolean isEpoll() {
    return epoll;
  }

  /// The turn of the loop that serves `channel`.
  public LoopTurn turnOf(Channel channel) {
    LoopTurn turn = turns.get(channel.eventLoop());
    if (turn == null) {
      throw new IllegalArgumentException(
          "channel: " + channel + " (expected: registered with these event loops)");
    }
    return turn;
  }

  /// Ends the threads; connections still open are cut.
  @Override
  public void close() {
    group
        .shutdownGracefully(0, QUIET_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(QUIET_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }
}
