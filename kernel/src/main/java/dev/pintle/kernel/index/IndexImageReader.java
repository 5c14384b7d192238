package dev.pintle.kernel.index;

import dev.pintle.kernel.codec.ByteReader;
import java.util.Arrays;

/// A builder of an index from the pieces that [IndexImageWriter] wrote.
public final class IndexImageReader {
  private final IndexBuilder builder = new IndexBuilder();

  /// Reads one piece, to the end of `in`.
  ///
  /// @throws dev.pintle.kernel.codec.MalformedBytes when it is not one
  public void readPiece(ByteReader in) {
    long count = in.readVarint();
    byte[] before = new byte[0];
    for (long i = 0; i < count; i++) {
      byte[] key = readKey(in, before);
      int order = i == 0 ? -1 : Arrays.compareUnsigned(before, key);
      in.expect(order < 0, "index image: entry %d not above the one before", i);
      builder.add(readEntry(in, key));
      before = key;
    }
    in.expectEnd();
  }

  private static byte[] readKey(ByteReader in, byte[] before) {
    long shared = in.readVarint();
    in.expect(
        shared >= 0 && shared <= before.length,
        "shared key bytes: %d (expected: <= %d)",
        shared,
        before.length);
    int rest = in.readLength();
    byte[] key = Arrays.copyOf(before, (int) shared + rest);
    in.readInto(key, (int) shared, rest);
    return key;
  }

  private static IndexEntry readEntry(ByteReader in, byte[] key) {
    int flags = in.readByte();
    long created = in.readVarint();
    long modified = in.readVarint();
    int sub = (int) in.readVarint();
    long version = in.readVarint();
    long lease = (flags & IndexImageWriter.LEASE) != 0 ? in.readLong() : 0;
    KeyHistory history = (flags & IndexImageWriter.HISTORY) != 0 ? KeyHistory.read(in) : null;
    return new IndexEntry(key, new KeyVersion(created, modified, sub, version, lease), history);
  }

  public Index finish() {
    return builder.build();
  }
}
