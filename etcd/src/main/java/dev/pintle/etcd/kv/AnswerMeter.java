package dev.pintle.etcd.kv;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.AnswerRoom.Grant;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.GrpcStatus;
import java.util.function.LongPredicate;

/// The room of one call for its answer, as the store asks for it; remembers why there was none. Used by one thread at a time.
final class AnswerMeter implements LongPredicate {
  /// A longer answer is made where clients take turns.
  static final long PIECE_BYTES = 512 << 10;

  private final AnswerRoom room;
  private long bytesMax;
  private long bytes;
  private boolean exceeded;
  private boolean grew;
  private volatile Grant last = Grant.GIVEN;

  private AnswerMeter(GrpcRequest call, long bytesMax) {
    this.room = call.answerRoom();
    this.bytesMax = bytesMax;
  }

  /// For an answer of any length.
  AnswerMeter(GrpcRequest call) {
    this(call, Long.MAX_VALUE);
  }

  /// For an answer of at most [#PIECE_BYTES], or of a single key-value, until [#tryExtend].
  static AnswerMeter ofPiece(GrpcRequest call) {
    return new AnswerMeter(call, PIECE_BYTES);
  }

  @Override
  public boolean test(long more) {
    if (grew && more > bytesMax - bytes) {
      exceeded = true;
      return false;
    }
    grew = true;
    Grant grant = room.take(more);
    if (grant != Grant.GIVEN) {
      last = grant;
      return false;
    }
    bytes += more;
    return true;
  }

  /// Whether the answer turned out to be longer than a piece.
  boolean isLong() {
    return exceeded;
  }

  /// Begins anew, for an answer of any length; false when there is no room for what it would be at the least, so that nothing
  /// has to be read to find that out.
  boolean tryExtend() {
    giveBack();
    bytesMax = Long.MAX_VALUE;
    exceeded = false;
    boolean hasRoom = test(PIECE_BYTES);
    giveBack();
    return hasRoom;
  }

  private void giveBack() {
    room.give(bytes);
    bytes = 0;
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
