package dev.pintle.etcd.watch;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.kernel.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// The writer of `WatchResponse`.
final class WatchResponses {
  private static final int WATCH_ID = 2;
  private static final int CREATED = 3;
  private static final int CANCELED = 4;
  private static final int COMPACT_REVISION = 5;
  private static final int CANCEL_REASON = 6;
  private static final int FRAGMENT = 7;

  private final HeaderMessage header;
  private final ByteBufAllocator allocator;

  WatchResponses(HeaderMessage header, ByteBufAllocator allocator) {
    this.header = header;
    this.allocator = allocator;
  }

  ByteBuf created(long id, long revision) {
    return answer(id, revision, true, false, 0, Bytes.EMPTY);
  }

  ByteBuf canceled(long id, long revision) {
    return answer(id, revision, false, true, 0, Bytes.EMPTY);
  }

  /// etcd leaves the store's revision out of this one.
  ByteBuf compacted(long id, long compactedRevision) {
    return answer(id, 0, false, true, compactedRevision, Bytes.EMPTY);
  }

  /// A watcher that was not made: created and canceled at once, under an id that no watcher has.
  ByteBuf refused(long revision, String reason) {
    return answer(-1, revision, true, true, 0, Bytes.utf8(reason));
  }

  ByteBuf progress(long id, long revision) {
    return answer(id, revision, false, false, 0, Bytes.EMPTY);
  }

  int eventsBaseSize(long id, long revision) {
    return header.fieldSize(revision) + FieldSize.int64(WATCH_ID, id);
  }

  /// The answer up to its events, of which the caller writes `eventsSize` bytes next.
  ByteBuf beginEvents(long id, long revision, int eventsSize, boolean moreFragments) {
    int size = FieldSize.int64(WATCH_ID, id) + FieldSize.bool(FRAGMENT, moreFragments) + eventsSize;
    ByteBuf out = header.begin(allocator, revision, size);
    FieldWriter.int64(out, WATCH_ID, id);
    FieldWriter.bool(out, FRAGMENT, moreFragments);
    return out;
  }

  private ByteBuf answer(
      long id, long revision, boolean created, boolean canceled, long compacted, Bytes reason) {
    int size =
        FieldSize.int64(WATCH_ID, id)
            + FieldSize.bool(CREATED, created)
            + FieldSize.bool(CANCELED, canceled)
            + FieldSize.int64(COMPACT_REVISION, compacted)
            + FieldSize.bytes(CANCEL_REASON, reason);
    ByteBuf out = header.begin(allocator, revision, size);
    FieldWriter.int64(out, WATCH_ID, id);
    FieldWriter.bool(out, CREATED, created);
    FieldWriter.bool(out, CANCELED, canceled);
    FieldWriter.int64(out, COMPACT_REVISION, compacted);
    FieldWriter.bytes(out, CANCEL_REASON, reason);
    return out;
  }
}
