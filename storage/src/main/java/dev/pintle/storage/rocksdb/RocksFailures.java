package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

/// The translation of what RocksDB says into our words.
final class RocksFailures {
  private RocksFailures() {}

  static StorageFailure of(Path folder, String doing, RocksDBException cause) {
    Kind kind = kind(cause.getStatus());
    String what = kind == Kind.DISK_FULL ? "no space left on the disk: " : "";
    return new StorageFailure(
        kind, folder.toString(), "%s%s: %s".formatted(what, doing, cause.getMessage()), cause);
  }

  private static Kind kind(@Nullable Status status) {
    if (status == null) {
      return Kind.IO;
    }
    if (status.getSubCode() == SubCode.NoSpace) {
      return Kind.DISK_FULL;
    }
    return status.getCode() == Code.Corruption ? Kind.CORRUPT : Kind.IO;
  }
}
