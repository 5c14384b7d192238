package dev.pintle.kernel.state;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The record that every batch leaves in [Bucket#META]: how far the log is applied and which revisions exist. Records
/// alone do not tell: compaction may take away the newest ones, and a command may write none.
record StateRecord(long appliedIndex, long revision, long compacted) {
  private static final byte[] KEY = "state".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final int SIZE_BYTES = 1 + 3 * Long.BYTES;

  void write(OrderedKv.Writer out) {
    ByteWriter bytes = new ByteWriter(SIZE_BYTES);
    encode(bytes);
    out.put(Bucket.META, KEY, bytes.toByteArray());
  }

  void encode(ByteWriter bytes) {
    bytes.writeByte(FORMAT);
    bytes.writeLong(appliedIndex);
    bytes.writeLong(revision);
    bytes.writeLong(compacted);
  }

  static Optional<StateRecord> read(OrderedKv.Reader store) {
    byte[] bytes = store.get(Bucket.META, KEY);
    return bytes == null ? Optional.empty() : Optional.of(decode(new ByteReader(bytes)));
  }

  static StateRecord decode(ByteReader in) {
    int format = in.readByte();
    in.expect(format == FORMAT, "state record format: %d (expected: %d)", format, FORMAT);
    StateRecord record = new StateRecord(in.readLong(), in.readLong(), in.readLong());
    in.expectEnd();
    return record;
  }
}
