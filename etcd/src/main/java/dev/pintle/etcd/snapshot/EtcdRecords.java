package dev.pintle.etcd.snapshot;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.MalformedBytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredWrite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The records of etcd's buckets, byte for byte (server 3.7, its packages `storage/mvcc` and `storage/schema`).
///
/// In `key` a write lies under its revision: the main number, an underscore, the sub number, both of eight bytes, and a `t` more for
/// a deletion; the value is the key-value message, of a deletion with the key alone. In `lease` and `meta`, numbers are keys and
/// values of eight bytes, and a revision has the form of a write's key.
final class EtcdRecords {
  static final byte[] ALARM = name("alarm");
  static final byte[] AUTH = name("auth");
  static final byte[] AUTH_ROLES = name("authRoles");
  static final byte[] AUTH_USERS = name("authUsers");
  static final byte[] CLUSTER = name("cluster");
  static final byte[] KEY = name("key");
  static final byte[] LEASE = name("lease");
  static final byte[] MEMBERS = name("members");
  static final byte[] MEMBERS_REMOVED = name("members_removed");
  static final byte[] META = name("meta");

  static final byte[] AUTH_ENABLED = name("authEnabled");
  static final byte[] AUTH_REVISION = name("authRevision");
  static final byte[] CLUSTER_VERSION = name("clusterVersion");
  static final byte[] CONF_STATE = name("confState");
  static final byte[] CONSISTENT_INDEX = name("consistent_index");
  static final byte[] FINISHED_COMPACTION = name("finishedCompactRev");
  static final byte[] SCHEDULED_COMPACTION = name("scheduledCompactRev");
  static final byte[] STORAGE_VERSION = name("storageVersion");
  static final byte[] TERM = name("term");

  private static final int REVISION_BYTES = 17;

  /// Far beyond what a store can come to, and far enough from the end of numbers to count on.
  private static final long REVISION_MAX = 1L << 62;

  private static final int SUB_AT = 9;

  private EtcdRecords() {}

  static byte[] name(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static byte[] revision(long main) {
    return revision(main, 0, false);
  }

  static byte[] revision(long main, int sub, boolean deletion) {
    ByteBuffer key = ByteBuffer.allocate(REVISION_BYTES + (deletion ? 1 : 0));
    key.putLong(main).put((byte) '_').putLong(sub);
    if (deletion) {
      key.put((byte) 't');
    }
    return key.array();
  }

  static byte[] value(StoredWrite write) {
    KeyValue kv = write.keyValue();
    KeyValue told = write.deletion() ? new KeyValue(kv.key(), 0, 0, 0, 0, Bytes.EMPTY) : kv;
    byte[] value = new byte[KeyValueMessage.size(told)];
    KeyValueMessage.write(Unpooled.wrappedBuffer(value).clear(), told);
    return value;
  }

  static byte[] lease(StoredLease lease) {
    int size =
        FieldSize.int64(1, lease.id())
            + FieldSize.int64(2, lease.ttlSeconds())
            + FieldSize.int64(3, lease.remainingSeconds());
    byte[] value = new byte[size];
    ByteBuf out = Unpooled.wrappedBuffer(value).clear();
    FieldWriter.int64(out, 1, lease.id());
    FieldWriter.int64(out, 2, lease.ttlSeconds());
    FieldWriter.int64(out, 3, lease.remainingSeconds());
    return value;
  }

  /// The main number of a revision as `meta` keeps one.
  ///
  /// @throws MalformedBytes when it is none
  static long main(byte[] revision) {
    long main = isRevision(revision) ? ByteBuffer.wrap(revision).getLong() : -1;
    if (main < 0 || main > REVISION_MAX) {
      throw new MalformedBytes("revision %s".formatted(Bytes.copyOf(revision)));
    }
    return main;
  }

  private static boolean isRevision(byte[] key) {
    boolean marked = key.length == REVISION_BYTES + 1 && key[REVISION_BYTES] == 't';
    return (key.length == REVISION_BYTES || marked) && key[Long.BYTES] == '_';
  }

  private static int sub(byte[] revision) {
    long sub = ByteBuffer.wrap(revision).getLong(SUB_AT);
    if (sub < 0 || sub > Integer.MAX_VALUE) {
      throw new MalformedBytes("place %d among the writes of a revision".formatted(sub));
    }
    return (int) sub;
  }

  /// The write that `key` and `value` of the bucket `key` tell.
  ///
  /// @throws MalformedBytes, or a [dev.pintle.etcd.message.MalformedMessage], when they tell none
  static StoredWrite write(byte[] key, byte[] value) {
    long main = main(key);
    int sub = sub(key);
    boolean deletion = key.length > REVISION_BYTES;
    KeyValue read = keyValue(FieldReader.of(Unpooled.wrappedBuffer(value)));
    if (read.key().isEmpty()) {
      throw new MalformedBytes("revision %d writes no key".formatted(main));
    }
    if (deletion) {
      return new StoredWrite(sub, new KeyValue(read.key(), 0, main, 0, 0, Bytes.EMPTY), true);
    }
    boolean possible =
        read.modRevision() == main
            && read.createRevision() >= 1
            && read.createRevision() <= main
            && read.version() >= 1;
    if (!possible) {
      throw new MalformedBytes(
          "revision %d holds a key made at %d, changed at %d, of version %d"
              .formatted(main, read.createRevision(), read.modRevision(), read.version()));
    }
    return new StoredWrite(sub, read, false);
  }

  private static KeyValue keyValue(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes value = Bytes.EMPTY;
    long created = 0;
    long modified = 0;
    long version = 0;
    long lease = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> created = in.int64();
        case 3 -> modified = in.int64();
        case 4 -> version = in.int64();
        case 5 -> value = in.bytes();
        case 6 -> lease = in.int64();
        default -> in.skip();
      }
    }
    return new KeyValue(key, created, modified, version, lease, value);
  }

  /// @throws MalformedBytes, or a [dev.pintle.etcd.message.MalformedMessage], when `value` tells no lease
  static StoredLease lease(byte[] value) {
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(value));
    long id = 0;
    long ttlSeconds = 0;
    long remainingSeconds = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> id = in.int64();
        case 2 -> ttlSeconds = in.int64();
        case 3 -> remainingSeconds = in.int64();
        default -> in.skip();
      }
    }
    if (id == 0 || ttlSeconds < 1) {
      throw new MalformedBytes("lease %d of %d seconds".formatted(id, ttlSeconds));
    }
    return new StoredLease(id, ttlSeconds, Math.max(0, remainingSeconds));
  }

  /// The key of an alarm, which has no value.
  static byte[] alarm(StoreAlarm alarm) {
    byte[] key = new byte[FieldSize.int64(1, alarm.memberId()) + FieldSize.int64(2, alarm.kind())];
    ByteBuf out = Unpooled.wrappedBuffer(key).clear();
    FieldWriter.int64(out, 1, alarm.memberId());
    FieldWriter.int64(out, 2, alarm.kind());
    return key;
  }

  /// An alarm that stays until somebody takes it back.
  ///
  /// @throws MalformedBytes, or a [dev.pintle.etcd.message.MalformedMessage], when `key` tells none
  static StoreAlarm alarm(byte[] key) {
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(key));
    long memberId = 0;
    int kind = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> memberId = in.int64();
        case 2 -> kind = in.int32();
        default -> in.skip();
      }
    }
    if (kind == 0) {
      throw new MalformedBytes("an alarm of no kind");
    }
    return new StoreAlarm(memberId, kind, false);
  }
}
