package dev.pintle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The disk and memory that a store occupies at a moment.
record DiskAndMemory(long diskBytes, long residentBytes) {
  private static final int ATTEMPTS_MAX = 10;

  /// @param data the folder of all that `contender` keeps
  static DiskAndMemory of(Contender contender, Path data) throws IOException {
    return new DiskAndMemory(diskBytes(data), Usage.of(contender.etcdPids()).residentBytes());
  }

  /// Files come and go meanwhile.
  private static long diskBytes(Path data) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (Stream<Path> files = Files.walk(data)) {
        return files.mapToLong(DiskAndMemory::size).sum();
      } catch (UncheckedIOException gone) {
        if (attempt == ATTEMPTS_MAX) {
          throw gone.getCause();
        }
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException gone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "disk %d MB, RSS %d MB".formatted(diskBytes >> 20, residentBytes >> 20);
  }
}
