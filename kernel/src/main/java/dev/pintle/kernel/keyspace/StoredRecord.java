package dev.pintle.kernel.keyspace;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;

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

  /// From this size on a value is not copied into the record.
  private static final int APART_BYTES_MIN = 64 << 10;

  /// Writes the record under `key`, the revision of its write.
  public void write(OrderedKv.Writer out, byte[] key) {
    Bytes value = keyValue.value();
    if (value.size() < APART_BYTES_MIN) {
      out.put(Bucket.REVISIONS, key, encode());
    } else {
      ByteWriter head = new ByteWriter(headSize());
      writeHead(head);
      out.put(Bucket.REVISIONS, key, head.toByteArray(), value);
    }
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter(headSize() + keyValue.value().size());
    writeHead(out);
    out.writeBytes(keyValue.value());
    return out.toByteArray();
  }

  /// All but the value.
  private void writeHead(ByteWriter out) {
    Bytes key = keyValue.key();
    out.writeByte(FORMAT | (tombstone ? TOMBSTONE : 0) | (keyValue.lease() != 0 ? LEASE : 0));
    out.writeVarint(key.size());
    out.writeBytes(key);
    if (!tombstone) {
      out.writeVarint(keyValue.modRevision() - keyValue.createRevision());
      out.writeVarint(keyValue.version());
      if (keyValue.lease() != 0) {
        out.writeLong(keyValue.lease());
      }
    }
  }

  /// The size of what [#writeHead] writes, so that nothing is copied twice.
  private int headSize() {
    int size = 1 + ByteWriter.varintBytes(keyValue.key().size()) + keyValue.key().size();
    return tombstone
        ? size
        : size
            + ByteWriter.varintBytes(keyValue.modRevision() - keyValue.createRevision())
            + ByteWriter.varintBytes(keyValue.version())
            + (keyValue.lease() != 0 ? Long.BYTES : 0);
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
