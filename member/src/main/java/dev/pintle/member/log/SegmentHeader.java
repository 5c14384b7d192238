package dev.pintle.member.log;

import dev.pintle.member.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The first bytes of a segment file.
///
/// @param salt goes into the checksum of every frame of the segment
/// @param firstIndex index of the first entry here
/// @param chain checksum of the last frame of the segment before, 0 when there is none
record SegmentHeader(long salt, long firstIndex, int chain) {
  static final int SIZE_BYTES = 64;
  static final int VERSION = 1;

  /// "PINTLOG" and a byte that no text has.
  private static final long MAGIC = 0x50494E544C4F4780L;

  private static final int CHECKED_BYTES = 36;

  ByteBuffer encode() {
    byte[] bytes = new byte[SIZE_BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.putLong(MAGIC).putInt(VERSION).putInt(0);
    out.putLong(salt).putLong(firstIndex).putInt(chain);
    out.putInt(checksum(bytes));
    return out.clear();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKED_BYTES);
    return (int) crc.getValue();
  }

  static SegmentHeader read(DiskFile file) throws IOException {
    byte[] bytes = new byte[SIZE_BYTES];
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int count = file.read(in, 0);
    in.clear();
    if (count < SIZE_BYTES || in.getLong() != MAGIC) {
      throw new UnreadableFile.Corrupt(file.describe(), 0, "not the beginning of a log segment");
    }
    int version = in.getInt();
    if (version > VERSION) {
      throw new UnreadableFile.TooNew(file.describe(), version, VERSION);
    }
    if (version < VERSION) {
      throw new UnreadableFile.TooOld(file.describe(), version, VERSION);
    }
    in.getInt();
    SegmentHeader header = new SegmentHeader(in.getLong(), in.getLong(), in.getInt());
    if (in.getInt() != checksum(bytes)) {
      throw new UnreadableFile.Corrupt(
          file.describe(), 0, "the header does not match its checksum");
    }
    return header;
  }
}
