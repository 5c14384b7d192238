package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.charset.StandardCharsets;

/// The notes about the whole store that its operators left, or that it left for them. They are no keys and have no revision.
///
/// @param downgradeTarget the version that a downgrade is prepared for; empty when none is
public record StoreNotes(String downgradeTarget) {
  public static final StoreNotes NONE = new StoreNotes("");

  private static final byte[] KEY = "notes".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;

  StoreNotes withDowngradeTarget(String target) {
    return new StoreNotes(target);
  }

  void write(OrderedKv.Writer out) {
    ByteWriter bytes = new ByteWriter(64);
    bytes.writeByte(FORMAT);
    bytes.writeSized(Bytes.utf8(downgradeTarget));
    out.put(Bucket.META, KEY, bytes.toByteArray());
  }

  static StoreNotes read(OrderedKv.Reader store) {
    byte[] bytes = store.get(Bucket.META, KEY);
    return bytes == null ? NONE : decode(new ByteReader(bytes));
  }

  private static StoreNotes decode(ByteReader in) {
    int format = in.readByte();
    in.expect(format == FORMAT, "notes format: %d (expected: %d)", format, FORMAT);
    StoreNotes notes = new StoreNotes(in.readSized().toString());
    in.expectEnd();
    return notes;
  }
}
