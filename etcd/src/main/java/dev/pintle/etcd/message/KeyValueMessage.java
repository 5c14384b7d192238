package dev.pintle.etcd.message;

import dev.pintle.kernel.keyspace.KeyValue;
import io.netty.buffer.ByteBuf;

/// The writer of `mvccpb.KeyValue` as a field of another message.
public final class KeyValueMessage {
  private static final int KEY = 1;
  private static final int CREATE_REVISION = 2;
  private static final int MOD_REVISION = 3;
  private static final int VERSION = 4;
  private static final int VALUE = 5;
  private static final int LEASE = 6;

  private KeyValueMessage() {}

  public static int fieldSize(int number, KeyValue kv) {
    return FieldSize.nested(number, size(kv));
  }

  public static void writeField(ByteBuf out, int number, KeyValue kv) {
    FieldWriter.nested(out, number, size(kv));
    write(out, kv);
  }

  /// The message by itself.
  public static void write(ByteBuf out, KeyValue kv) {
    FieldWriter.bytes(out, KEY, kv.key());
    FieldWriter.int64(out, CREATE_REVISION, kv.createRevision());
    FieldWriter.int64(out, MOD_REVISION, kv.modRevision());
    FieldWriter.int64(out, VERSION, kv.version());
    FieldWriter.bytes(out, VALUE, kv.value());
    FieldWriter.int64(out, LEASE, kv.lease());
  }

  /// Of the message by itself.
  public static int size(KeyValue kv) {
    return FieldSize.bytes(KEY, kv.key())
        + FieldSize.int64(CREATE_REVISION, kv.createRevision())
        + FieldSize.int64(MOD_REVISION, kv.modRevision())
        + FieldSize.int64(VERSION, kv.version())
        + FieldSize.bytes(VALUE, kv.value())
        + FieldSize.int64(LEASE, kv.lease());
  }
}
