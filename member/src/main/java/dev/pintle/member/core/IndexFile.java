package dev.pintle.member.core;

import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The file of the index checkpoint: magic, format version, length and checksum around bytes that the kernel makes and
/// reads. A checkpoint only saves time: without one, the index is rebuilt from storage.
final class IndexFile {
  private static final String NAME = "index.checkpoint";
  private static final String NAME_UNFINISHED = NAME + ".new";
  private static final int VERSION = 1;

  /// "PINTIDX" and a byte that no text has.
  private static final long MAGIC = 0x50494E5449445880L;

  private static final int HEADER_BYTES = 24;

  private final Disk disk;

  IndexFile(Disk disk) {
    this.disk = disk;
  }

  /// Replaces the file; durable when this returns.
  void write(byte[] contents, int length) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(MAGIC).putInt(VERSION).putInt(checksum(contents, length)).putLong(length);
    try (DiskFile file = disk.open(NAME_UNFINISHED)) {
      file.truncate(0);
      file.write(header.flip(), 0);
      file.write(ByteBuffer.wrap(contents, 0, length), HEADER_BYTES);
      file.force();
    }
    disk.rename(NAME_UNFINISHED, NAME);
    disk.force();
  }

  private static int checksum(byte[] contents, int length) {
    CRC32C crc = new CRC32C();
    crc.update(contents, 0, length);
    return (int) crc.getValue();
  }

  /// The contents, or empty when there is no file.
  Optional<byte[]> read() throws IOException {
    if (!disk.exists(NAME)) {
      return Optional.empty();
    }
    try (DiskFile file = disk.open(NAME)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      int count = file.read(header, 0);
      header.flip();
      if (count < HEADER_BYTES || header.getLong() != MAGIC) {
        throw new UnreadableFile.Corrupt(file.describe(), 0, "not an index checkpoint");
      }
      int version = header.getInt();
      if (version > VERSION) {
        throw new UnreadableFile.TooNew(file.describe(), version, VERSION);
      }
      return Optional.of(contents(file, header.getInt(), header.getLong()));
    }
  }

  private static byte[] contents(DiskFile file, int checksum, long length) throws IOException {
    if (length != file.size() - HEADER_BYTES) {
      throw new UnreadableFile.Corrupt(
          file.describe(),
          HEADER_BYTES,
          "length: %d (expected: %d)".formatted(file.size() - HEADER_BYTES, length));
    }
    byte[] contents = new byte[Math.toIntExact(length)];
    file.read(ByteBuffer.wrap(contents), HEADER_BYTES);
    if (checksum(contents, contents.length) != checksum) {
      throw new UnreadableFile.Corrupt(
          file.describe(), HEADER_BYTES, "the contents do not match their checksum");
    }
    return contents;
  }
}
