package dev.pintle.wire.listen;

import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.budget.ConnectionLimiter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.function.Consumer;

/// The gate before the handlers that take a new connection: gives it an account, or closes it before it costs anything.
///
/// Should the process be out of descriptors in spite of all limits, Netty's own handler behind this one stops accepting for a
/// second.
final class ConnectionAdmission extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<ConnectionAccount> ACCOUNT =
      AttributeKey.valueOf(ConnectionAdmission.class, "account");

  private final ConnectionLimiter limiter;
  private final boolean hears;
  private final Consumer<Channel> end;

  /// @param hears whether the listener's handler judges who is let in beyond a limit
  /// @param end ends a connection; called on its event loop
  ConnectionAdmission(ConnectionLimiter limiter, boolean hears, Consumer<Channel> end) {
    this.limiter = limiter;
    this.hears = hears;
    this.end = end;
  }

  static ConnectionAccount of(Channel connection) {
    return connection.attr(ACCOUNT).get();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    Channel connection = (Channel) accepted;
    ConnectionAccount account =
        limiter.admit(
            connection.remoteAddress(),
            hears,
            () -> connection.eventLoop().execute(() -> end.accept(connection)));
    if (account == null) {
      connection.unsafe().closeForcibly();
      return;
    }
    connection.attr(ACCOUNT).set(account);
    connection.closeFuture().addListener(closed -> account.closed());
    ctx.fireChannelRead(connection);
  }
}
