package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

/// The translation of what RocksDB and the operating system say into our words.
final class RocksFailures {
  private RocksFailures() {}

  static StorageFailure of(Path folder, String doing, RocksDBException cause) {
    Kind kind = kind(cause.getStatus(), cause.getMessage());
    return failure(kind, folder, doing + ": " + cause.getMessage(), cause);
  }

  /// What the JDK met in the folder.
  static StorageFailure of(Path folder, String doing, IOException cause) {
    Kind kind = saysFull(cause.getMessage()) ? Kind.DISK_FULL : Kind.IO;
    return failure(kind, folder, doing + ": " + cause, cause);
  }

  private static StorageFailure failure(Kind kind, Path folder, String what, Exception cause) {
    String why = kind == Kind.DISK_FULL ? "no space left on the disk: " : "";
    return new StorageFailure(kind, folder.toString(), why + what, cause);
  }

  private static Kind kind(@Nullable Status status, @Nullable String message) {
    if ((status != null && status.getSubCode() == SubCode.NoSpace) || saysFull(message)) {
      return Kind.DISK_FULL;
    }
    return status != null && status.getCode() == Code.Corruption ? Kind.CORRUPT : Kind.IO;
  }

  /// The JDK tells only in words, and RocksDB of some of its files too.
  private static boolean saysFull(@Nullable String message) {
    String said = String.valueOf(message).toLowerCase(Locale.ROOT);
    return said.contains("no space left") || said.contains("quota exceeded");
  }
}
