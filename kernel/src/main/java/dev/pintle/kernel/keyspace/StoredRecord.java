package dev.pintle.kernel.keyspace;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;

/// The value that [OrderedKv.Bucket#REVISIONS] keeps of one write, less the revision that its key names.
///
/// Layout: a byte of format and flags; the key's length as a varint, and the key; then, unless it is a tombstone, how far
/// back the create revision lies and the version as varints, the lease as eight bytes if there is one, and the value up to
/// the end.
///
/// @param keyValue for a tombstone the key and its mod revision, all else zero and empty
public record StoredRecord(KeyValue keyValue, boolean tombstone) {
  private static final int FORMAT = 0x10;
  private static final int FORMAT_MASK = 0xf0;
  private static final int TOMBSTONE = 1;
  private static final int LEASE = 2;
  private static final int HEAD_BYTES_MAX = 1 + 3 * ByteWriter.VARINT_BYTES_MAX + Long.BYTES;

  public byte[] encode() {
    Bytes key = keyValue.key();
    Bytes value = keyValue.value();
    ByteWriter out = new ByteWriter(HEAD_BYTES_MAX + key.size() + value.size());
    out.writeByte(FORMAT | (tombstone ? TOMBSTONE : 0) | (keyValue.lease() != 0 ? LEASE : 0));
    out.writeVarint(key.size());
    out.writeBytes(key);
    if (!tombstone) {
      out.writeVarint(keyValue.modRevision() - keyValue.createRevision());
      out.writeVarint(keyValue.version());
      if (keyValue.lease() != 0) {
        out.writeLong(keyValue.lease());
      }
      out.writeBytes(value);
    }
    return out.toByteArray();
  }

  /// Reads back what [#encode] wrote for a write of revision `main`.
  ///
  /// @throws dev.pintle.kernel.codec.MalformedBytes when `record` is not such
  public static StoredRecord decode(long main, byte[] record) {
    ByteReader in = new ByteReader(record);
    int head = in.readByte();
    in.expect((head & FORMAT_MASK) == FORMAT, "record format: %d (expected: %d)", head, FORMAT);
    Bytes key = in.readBytes(in.readLength());
    if ((head & TOMBSTONE) != 0) {
      return new StoredRecord(new KeyValue(key, 0, main, 0, 0, Bytes.EMPTY), true);
    }
    long created = main - in.readVarint();
    long version = in.readVarint();
    long lease = (head & LEASE) != 0 ? in.readLong() : 0;
    Bytes value = in.readBytes(in.remaining());
    return new StoredRecord(new KeyValue(key, created, main, version, lease, value), false);
  }
}
