package dev.pintle.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.testkit.BackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SqliteBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new SqliteProvider();
  }

  @Test
  void aFileThatIsNoDatabaseIsCorrupt() throws IOException {
    Path file = Files.createDirectories(folder().resolve("text")).resolve("store.db");
    Files.writeString(file, "this is no database at all, and long enough to be asked".repeat(100));
    assertThatThrownBy(() -> open("text"))
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CORRUPT));
  }

  @Test
  void aFullDatabaseIsAFullDiskAndTakesWritesAgain() {
    Path home = folder().resolve("full");
    try (SqliteKv kv = SqliteKv.open(home, 1 << 20)) {
      put(kv, "a", 10);
      kv.limitPages(20);
      assertThatThrownBy(() -> put(kv, "b", 1 << 20))
          .isInstanceOfSatisfying(
              StorageFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DISK_FULL));
      assertThat(kv.reader().get(Bucket.META, bytes("b"))).isNull();
      kv.limitPages(100_000);
      kv.recover(() -> {
        throw new AssertionError("nothing was lost");
      });
      put(kv, "b", 1 << 20);
      assertThat(kv.reader().get(Bucket.META, bytes("b"))).hasSize(1 << 20);
    }
  }

  private static void put(OrderedKv kv, String key, int size) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes(key), new byte[size]);
      batch.commit();
    }
  }
}
