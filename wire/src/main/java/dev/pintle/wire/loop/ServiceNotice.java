package dev.pintle.wire.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A word to the manager of services that started the process (sd_notify of systemd), such as `READY=1`: a unit of the type `notify`
/// counts as started only once it has come.
public final class ServiceNotice {
  private ServiceNotice() {}

  /// Sends it, from this very process.
  ///
  /// @param socket of `NOTIFY_SOCKET`: a path, or a name of the abstract kind behind an `@`
  /// @throws IOException when it cannot be delivered
  public static void send(EventLoops loops, String socket, String text) throws IOException {
    if (!loops.isEpoll()) {
      throw new IOException("datagrams to a socket that is a file (expected: epoll)");
    }
    String path = socket.startsWith("@") ? '\0' + socket.substring(1) : socket;
    Channel channel =
        new Bootstrap()
            .group(loops.group())
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .register()
            .awaitUninterruptibly()
            .channel();
    try {
      var connected = channel.connect(new DomainSocketAddress(path)).awaitUninterruptibly();
      if (!connected.isSuccess()) {
        throw new IOException("%s: %s".formatted(socket, connected.cause().getMessage()));
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      var sent = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).awaitUninterruptibly();
      if (!sent.isSuccess()) {
        throw new IOException("%s: %s".formatted(socket, sent.cause().getMessage()));
      }
    } finally {
      channel.close().awaitUninterruptibly();
    }
  }
}
