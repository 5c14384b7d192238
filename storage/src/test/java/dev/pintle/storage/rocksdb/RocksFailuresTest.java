package dev.pintle.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

final class RocksFailuresTest {
  private static final Path FOLDER = Path.of("store");

  @Test
  void aDiskWithoutRoomIsKnownWhoeverMeetsIt() {
    assertFull(RocksFailures.of(FOLDER, "probing", new IOException("No space left on device")));
    assertFull(RocksFailures.of(FOLDER, "probing", new IOException("Disk quota exceeded")));
    assertFull(
        RocksFailures.of(
            FOLDER, "writing", new RocksDBException("While appending: No space left on device")));
    assertFull(
        RocksFailures.of(
            FOLDER,
            "writing",
            new RocksDBException(
                "retry", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "retry"))));
  }

  private static void assertFull(StorageFailure failure) {
    assertThat(failure.kind()).isEqualTo(Kind.DISK_FULL);
    assertThat(failure).hasMessageStartingWith("store: no space left on the disk: ");
  }

  @Test
  void whatIsWrongOtherwiseIsNotTakenForIt() {
    assertThat(RocksFailures.of(FOLDER, "probing", new IOException("Input/output error")).kind())
        .isEqualTo(Kind.IO);
    assertThat(
            RocksFailures.of(
                    FOLDER,
                    "reading",
                    new RocksDBException(
                        "bad", new Status(Status.Code.Corruption, Status.SubCode.None, "bad")))
                .kind())
        .isEqualTo(Kind.CORRUPT);
  }
}
