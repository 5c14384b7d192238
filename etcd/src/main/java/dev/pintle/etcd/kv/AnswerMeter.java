package dev.pintle.etcd.kv;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.AnswerRoom.Grant;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.GrpcStatus;
import java.util.function.LongPredicate;

/// The room of one call for its answer, as the store asks for it; remembers why there was none.
final class AnswerMeter implements LongPredicate {
  private final AnswerRoom room;
  private volatile Grant last = Grant.GIVEN;

  AnswerMeter(GrpcRequest call) {
    this.room = call.answerRoom();
  }

  @Override
  public boolean test(long bytes) {
    Grant grant = room.take(bytes);
    if (grant != Grant.GIVEN) {
      last = grant;
    }
    return grant == Grant.GIVEN;
  }

  GrpcStatus refusal() {
    return last == Grant.ANSWER_TOO_LARGE
        ? EtcdStatus.ANSWER_TOO_LARGE
        : EtcdStatus.TOO_MANY_REQUESTS;
  }

  /// The room for an answer that is small enough to be made on an event loop.
  static final class Small implements LongPredicate {
    private static final long BYTES_MAX = 64 << 10;

    private long bytes;
    private boolean exceeded;

    @Override
    public boolean test(long more) {
      bytes += more;
      exceeded = bytes > BYTES_MAX;
      return !exceeded;
    }

    boolean isExceeded() {
      return exceeded;
    }
  }
}
