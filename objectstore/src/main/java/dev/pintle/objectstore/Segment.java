package dev.pintle.objectstore;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.Writer;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import org.jspecify.annotations.Nullable;

/// An immutable run of writes, sorted by bucket and key. Layout: for each, a byte of bucket and kind, the key's length as a varint and the
/// key, and for a value its length as four bytes and the value.
///
/// @param name of the object
/// @param bytes of the object
/// @param hash SHA-256 of the object, in hexadecimal
record Segment(String name, long bytes, String hash) {
  private static final int DELETED = 0x10;
  private static final int BUCKET_MASK = 0x0f;

  static void write(ByteWriter out, Bucket bucket, byte[] key, byte @Nullable [] value) {
    int code =
        switch (bucket) {
          case REVISIONS -> 0;
          case META -> 1;
          case LEASES -> 2;
        };
    out.writeByte(code | (value == null ? DELETED : 0));
    out.writeVarint(key.length);
    out.writeBytes(key, 0, key.length);
    if (value != null) {
      out.writeInt(value.length);
      out.writeBytes(value, 0, value.length);
    }
  }

  /// Writes all of it to `out`.
  void apply(byte[] content, Writer out) {
    if (!RequestSignature.hex(RequestSignature.sha256(content)).equals(hash)) {
      throw new StorageFailure(Kind.CORRUPT, name, "the segment is not what was written");
    }
    ByteReader in = new ByteReader(content);
    while (in.remaining() > 0) {
      int code = in.readByte();
      Bucket bucket = Bucket.values()[code & BUCKET_MASK];
      byte[] key = in.readBytes((int) in.readVarint()).array();
      if ((code & DELETED) != 0) {
        out.delete(bucket, key);
      } else {
        out.put(bucket, key, in.readBytes(in.readInt()).array());
      }
    }
  }
}
