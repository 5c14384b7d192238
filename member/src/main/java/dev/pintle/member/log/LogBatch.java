package dev.pintle.member.log;

import dev.pintle.kernel.codec.ByteWriter;

/// Entries on their way into the log, already laid out as they will lie there. Kept and [#clear]ed, so that filling it makes
/// no garbage.
public final class LogBatch {
  private static final int BYTES_INITIAL = 64 << 10;

  /// Beyond this the buffer of an unusual batch is not kept for the next one.
  private static final int BYTES_KEPT_MAX = 4 << 20;

  private ByteWriter bytes = new ByteWriter(BYTES_INITIAL);
  private int count;

  public LogBatch() {
    clear();
  }

  public void clear() {
    if (bytes.buffer().length > BYTES_KEPT_MAX) {
      bytes = new ByteWriter(BYTES_INITIAL);
    }
    bytes.clear();
    for (int i = 0; i < Frame.HEADER_BYTES; i += Long.BYTES) {
      bytes.writeLong(0);
    }
    count = 0;
  }

  public void add(byte[] entry, int from, int length) {
    bytes.writeInt(length);
    bytes.writeBytes(entry, from, length);
    count++;
  }

  public void add(byte[] entry) {
    add(entry, 0, entry.length);
  }

  public int count() {
    return count;
  }

  /// Bytes of the frame, header included.
  public int sizeBytes() {
    return bytes.size();
  }

  /// The frame with room for its header; the first [#sizeBytes] bytes count.
  byte[] frame() {
    return bytes.buffer();
  }
}
