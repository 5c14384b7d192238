package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A look at whether a folder can be written, by writing there and forcing it.
///
/// @param roomBytes what has to be free, so that all that waits in memory can be written
record RoomProbe(Path folder, long roomBytes) {
  private static final String NAME = "recovery.probe";
  private static final int PROBE_BYTES = 64 << 10;

  void requireRoom() {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < roomBytes) {
        throw new StorageFailure(
            Kind.DISK_FULL,
            folder.toString(),
            "no space left on the disk: %d bytes free (expected: %d)".formatted(free, roomBytes));
      }
    } catch (IOException e) {
      throw RocksFailures.of(folder, "cannot be looked at", e);
    }
  }

  void requireWritable() {
    try {
      write(folder.resolve(NAME));
    } catch (IOException e) {
      throw RocksFailures.of(folder, "cannot be written", e);
    }
  }

  /// A new file each time: see the member's log for what a force is worth after one that failed.
  private static void write(Path file) throws IOException {
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
