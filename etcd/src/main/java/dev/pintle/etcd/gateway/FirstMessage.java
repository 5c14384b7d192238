package dev.pintle.etcd.gateway;

import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.Function;

/// The reader of the one message that a call takes; what comes behind it is passed over.
final class FirstMessage implements SocketMessages.Reader {
  private final GatewayCall call;
  private final Function<ByteBuf, GrpcStatus> limit;
  private final Consumer<ByteBuf> next;
  private boolean came;

  /// @param limit why a message is refused
  FirstMessage(GatewayCall call, Function<ByteBuf, GrpcStatus> limit, Consumer<ByteBuf> next) {
    this.call = call;
    this.limit = limit;
    this.next = next;
  }

  @Override
  public void message(ByteBuf message) {
    if (came) {
      return;
    }
    came = true;
    GrpcStatus status = limit.apply(message);
    if (status.isOk()) {
      next.accept(message);
    } else {
      call.fail(status);
    }
  }

  @Override
  public void bad(BadJson why) {
    if (!came) {
      came = true;
      call.fail(why.status());
    }
  }

  @Override
  public int waiting() {
    return 0;
  }
}
