package dev.pintle.etcd.lease;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.kernel.Bytes;
import dev.pintle.member.LeaseKeeper.TimeToLive;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/// The messages of the Lease service; every answer begins with the header.
final class LeaseMessages {
  private static final int ID = 2;
  private static final int TTL = 3;
  private static final int GRANTED_TTL = 4;
  private static final int KEYS = 5;
  private static final int LEASES = 2;
  private static final int STATUS_ID = 1;

  private final HeaderMessage header;

  LeaseMessages(HeaderMessage header) {
    this.header = header;
  }

  record Grant(long ttlSeconds, long id) {}

  static Grant grant(FieldReader in) {
    long ttlSeconds = 0;
    long id = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> ttlSeconds = in.int64();
        case 2 -> id = in.int64();
        default -> in.skip();
      }
    }
    return new Grant(ttlSeconds, id);
  }

  record Query(long id, boolean keys) {}

  static Query query(FieldReader in) {
    long id = 0;
    boolean keys = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> id = in.int64();
        case 2 -> keys = in.bool();
        default -> in.skip();
      }
    }
    return new Query(id, keys);
  }

  /// The answer to a grant and to a renewal.
  ByteBuf idAndTtl(ByteBufAllocator allocator, long revision, long id, long ttlSeconds) {
    int size = FieldSize.int64(ID, id) + FieldSize.int64(TTL, ttlSeconds);
    ByteBuf out = header.begin(allocator, revision, size);
    FieldWriter.int64(out, ID, id);
    FieldWriter.int64(out, TTL, ttlSeconds);
    return out;
  }

  ByteBuf empty(ByteBufAllocator allocator, long revision) {
    return header.begin(allocator, revision, 0);
  }

  ByteBuf timeToLive(ByteBufAllocator allocator, long revision, TimeToLive lease, boolean keys) {
    List<Bytes> shown = keys ? lease.keys() : List.of();
    int size =
        FieldSize.int64(ID, lease.id())
            + FieldSize.int64(TTL, lease.remainingSeconds())
            + FieldSize.int64(GRANTED_TTL, lease.grantedSeconds());
    for (Bytes key : shown) {
      size += FieldSize.bytes(KEYS, key);
    }
    ByteBuf out = header.begin(allocator, revision, size);
    FieldWriter.int64(out, ID, lease.id());
    FieldWriter.int64(out, TTL, lease.remainingSeconds());
    FieldWriter.int64(out, GRANTED_TTL, lease.grantedSeconds());
    for (Bytes key : shown) {
      FieldWriter.bytes(out, KEYS, key);
    }
    return out;
  }

  ByteBuf leases(ByteBufAllocator allocator, long revision, List<Long> ids) {
    int size = 0;
    for (long id : ids) {
      size += FieldSize.nested(LEASES, FieldSize.int64(STATUS_ID, id));
    }
    ByteBuf out = header.begin(allocator, revision, size);
    for (long id : ids) {
      FieldWriter.nested(out, LEASES, FieldSize.int64(STATUS_ID, id));
      FieldWriter.int64(out, STATUS_ID, id);
    }
    return out;
  }
}
