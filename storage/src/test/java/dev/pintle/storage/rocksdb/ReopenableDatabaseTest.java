package dev.pintle.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.StorageFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

class ReopenableDatabaseTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final RocksConfig SMALL = new RocksConfig(64 << 10, 2, 1 << 20, 1, 32);

  @TempDir Path folder;
  private ReopenableDatabase database;
  private RocksReader reader;
  private WriteOptions unlogged;

  @BeforeEach
  void open() {
    RocksDB.loadLibrary();
    database = ReopenableDatabase.open(folder, SMALL);
    reader = RocksReader.newest(database);
    unlogged = new WriteOptions().setDisableWAL(true);
  }

  @AfterEach
  void close() {
    database.close();
    reader.release();
    unlogged.close();
  }

  private void put(int value) {
    try (Batch batch = new RocksBatch(database, unlogged)) {
      batch.put(Bucket.META, KEY, new byte[] {(byte) value});
      batch.commit();
    }
  }

  private static <T> T awaited(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whoOpensItAnewReadsAndWritesMeanwhile() {
    database.reopen(() -> {
      put(1);
      assertThat(reader.get(Bucket.META, KEY)).containsExactly(1);
      put(2);
    });
    assertThat(reader.get(Bucket.META, KEY)).containsExactly(2);
  }

  @Test
  void othersWaitUntilAllIsWrittenAgain() throws Exception {
    put(1);
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    database.reopen(() -> {
      Thread other = Thread.ofPlatform().start(() -> read.complete(reader.get(Bucket.META, KEY)));
      while (other.getState() == Thread.State.RUNNABLE || other.getState() == Thread.State.NEW) {
        Thread.onSpinWait();
      }
      assertThat(read).isNotDone();
      put(2);
    });
    assertThat(awaited(read)).containsExactly(2);
  }

  @Test
  void anAttemptThatFailsIsFollowedByAnother() {
    assertThatThrownBy(() ->
            database.reopen(() -> {
              throw new StorageFailure(StorageFailure.Kind.IO, "store", "on purpose");
            }))
        .hasMessageContaining("on purpose");
    assertThat(database.isIncomplete()).isTrue();
    database.reopen(() -> put(3));
    assertThat(database.isIncomplete()).isFalse();
    assertThat(reader.get(Bucket.META, KEY)).containsExactly(3);
  }

  @Test
  void whoWaitsHearsOfTheEnd() {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    assertThatThrownBy(() ->
            database.reopen(() -> {
              throw new StorageFailure(StorageFailure.Kind.IO, "store", "on purpose");
            }))
        .isInstanceOf(StorageFailure.class);
    Thread.ofPlatform()
        .start(() -> {
          try {
            read.complete(reader.get(Bucket.META, KEY));
          } catch (StorageFailure failure) {
            read.completeExceptionally(failure);
          }
        });
    database.close();
    assertThatThrownBy(() -> awaited(read))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("used after it was closed");
  }

  @Test
  void aMomentOfTheOneBeforeIsNotRead() {
    put(1);
    try (ReadTransaction before = RocksReader.now(database)) {
      database.reopen(() -> put(1));
      assertThatThrownBy(() -> before.get(Bucket.META, KEY))
          .isInstanceOfSatisfying(
              StorageFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.REOPENED));
      try (ReadTransaction after = RocksReader.now(database)) {
        assertThat(after.get(Bucket.META, KEY)).containsExactly(1);
      }
      database.close();
      assertThatThrownBy(() -> before.get(Bucket.META, KEY))
          .isInstanceOfSatisfying(
              StorageFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CLOSED));
    }
  }

  /// What is read goes to its end before anything is closed.
  @Test
  void aScanThatIsUnderWayIsWaitedFor() throws Exception {
    put(1);
    CompletableFuture<Void> reopened = new CompletableFuture<>();
    Thread writer =
        Thread.ofPlatform()
            .unstarted(() -> {
              database.reopen(() -> put(2));
              reopened.complete(null);
            });
    try (ReadTransaction moment = RocksReader.now(database)) {
      moment.scan(
          Bucket.META,
          KEY,
          null,
          (_, value) -> {
            writer.start();
            while (!database.isIncomplete()) {
              Thread.onSpinWait();
            }
            assertThat(value).containsExactly(1);
            assertThat(reopened).isNotDone();
            return true;
          });
      awaited(reopened);
    }
    assertThat(reader.get(Bucket.META, KEY)).containsExactly(2);
  }

  @Test
  void aFolderThatCannotBeWrittenHasNoRoom() {
    RoomProbe probe = new RoomProbe(folder.resolve("missing"), 1);
    assertThatThrownBy(probe::requireWritable)
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("cannot be written");
    new RoomProbe(folder, 1).requireWritable();
    assertThatThrownBy(() -> new RoomProbe(folder, Long.MAX_VALUE).requireRoom())
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DISK_FULL))
        .hasMessageContaining("no space left on the disk");
  }
}
