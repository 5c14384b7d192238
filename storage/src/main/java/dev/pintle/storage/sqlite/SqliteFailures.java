package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.nio.file.Path;
import java.sql.SQLException;

/// The translation of SQLite's primary result codes into our words.
final class SqliteFailures {
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOT_A_DATABASE = 26;

  private SqliteFailures() {}

  static StorageFailure of(Path file, String doing, SQLException cause) {
    Kind kind =
        switch (cause.getErrorCode() & 0xff) {
          case FULL -> Kind.DISK_FULL;
          case CORRUPT, NOT_A_DATABASE -> Kind.CORRUPT;
          default -> Kind.IO;
        };
    String why = kind == Kind.DISK_FULL ? "no space left on the disk: " : "";
    return new StorageFailure(
        kind, file.toString(), why + doing + ": " + cause.getMessage(), cause);
  }

  static StorageFailure closed(Path file) {
    return new StorageFailure(Kind.CLOSED, file.toString(), "used after it was closed");
  }
}
