package dev.pintle.etcd.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// The writer of `ResponseHeader`, always field 1 of an answer. All but the revision is the same for as long as the member
/// runs, so it is encoded once.
public final class HeaderMessage {
  private static final int HEADER = 1;
  private static final int CLUSTER_ID = 1;
  private static final int MEMBER_ID = 2;
  private static final int REVISION = 3;
  private static final int RAFT_TERM = 4;

  private final byte[] beforeRevision;
  private final byte[] afterRevision;

  public HeaderMessage(long clusterId, long memberId, long raftTerm) {
    ByteBuf before = Unpooled.buffer();
    FieldWriter.int64(before, CLUSTER_ID, clusterId);
    FieldWriter.int64(before, MEMBER_ID, memberId);
    this.beforeRevision = written(before);
    ByteBuf after = Unpooled.buffer();
    FieldWriter.int64(after, RAFT_TERM, raftTerm);
    this.afterRevision = written(after);
  }

  /// @param revision 0 to leave it out
  public int fieldSize(long revision) {
    return FieldSize.nested(HEADER, size(revision));
  }

  public void writeField(ByteBuf out, long revision) {
    FieldWriter.nested(out, HEADER, size(revision));
    out.writeBytes(beforeRevision);
    FieldWriter.int64(out, REVISION, revision);
    out.writeBytes(afterRevision);
  }

  /// A buffer of exactly the answer's size, with the header written and `bodySize` bytes to go.
  public ByteBuf begin(ByteBufAllocator allocator, long revision, int bodySize) {
    ByteBuf out = allocator.buffer(fieldSize(revision) + bodySize);
    writeField(out, revision);
    return out;
  }

  /// The header of an answer inside a transaction's answer: a revision only.
  public static int innerFieldSize(long revision) {
    return FieldSize.nested(HEADER, FieldSize.int64(REVISION, revision));
  }

  public static void writeInnerField(ByteBuf out, long revision) {
    FieldWriter.nested(out, HEADER, FieldSize.int64(REVISION, revision));
    FieldWriter.int64(out, REVISION, revision);
  }

  private int size(long revision) {
    return beforeRevision.length + FieldSize.int64(REVISION, revision) + afterRevision.length;
  }

  private static byte[] written(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }
}
