package dev.pintle.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.storage.OrderedKvContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksKvTest extends OrderedKvContract {
  /// Small buffers, so that tests meet the disk.
  private static final RocksConfig SMALL = new RocksConfig(64 << 10, 2, 1 << 20, 1, 32);

  @TempDir Path folder;

  @Override
  protected OrderedKv open() {
    return RocksKv.open(folder.resolve("contract"), SMALL);
  }

  @Test
  void whatWasFlushedIsThereAfterReopening() {
    try (RocksKv kv = RocksKv.open(folder.resolve("store"), SMALL)) {
      put(kv, "a", new byte[] {1});
      kv.flush();
    }
    try (RocksKv kv = RocksKv.open(folder.resolve("store"), SMALL)) {
      assertThat(kv.reader().get(Bucket.META, bytes("a"))).containsExactly(1);
    }
  }

  /// Buffers fill and flush on their own here; a copy of the folder is what a crash would leave.
  @Test
  void aCrashKeepsAPrefixOfTheBatchesInAllBuckets() throws IOException {
    Path crashed = folder.resolve("crashed");
    try (RocksKv kv = RocksKv.open(folder.resolve("store"), SMALL)) {
      for (int i = 1; i <= 400; i++) {
        numberedBatch(kv, i);
      }
      copy(folder.resolve("store"), crashed);
    }
    try (RocksKv kv = RocksKv.open(crashed, SMALL)) {
      List<String> numbers = entries(kv.reader(), Bucket.LEASES, "", null);
      int survived = numbers.size();
      assertThat(survived).isBetween(1, 400);
      byte[] last = kv.reader().get(Bucket.META, bytes("last"));
      assertThat(last).isEqualTo(bytes("%03d".formatted(survived)));
      assertThat(entries(kv.reader(), Bucket.REVISIONS, "", null)).hasSize(survived);
    }
  }

  private static void numberedBatch(RocksKv kv, int number) {
    byte[] key = bytes("%03d".formatted(number));
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.REVISIONS, key, new byte[1000]);
      batch.put(Bucket.LEASES, key, new byte[1]);
      batch.put(Bucket.META, bytes("last"), key);
      batch.commit();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals("LOCK")) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  @Test
  void aClosedStoreRefusesInsteadOfTouchingFreedMemory() {
    RocksKv kv = RocksKv.open(folder.resolve("store"), SMALL);
    ReadTransaction read = kv.beginRead();
    Batch batch = kv.beginBatch();
    kv.close();
    kv.close();
    assertThatThrownBy(() -> kv.reader().get(Bucket.META, bytes("a")))
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CLOSED));
    assertThatThrownBy(() -> read.get(Bucket.META, bytes("a"))).isInstanceOf(StorageFailure.class);
    assertThatThrownBy(batch::commit).isInstanceOf(StorageFailure.class);
    read.close();
    batch.close();
  }

  @Test
  void aFolderInUseIsNamed() {
    Path store = folder.resolve("store");
    try (RocksKv first = RocksKv.open(store, SMALL)) {
      assertThat(first.size().bytesTotal()).isNotNegative();
      assertThatThrownBy(() -> RocksKv.open(store, SMALL))
          .isInstanceOf(StorageFailure.class)
          .hasMessageContaining(store.toString());
    }
  }

  @Test
  void aDamagedFileIsCorruptNotWrong() throws IOException {
    Path store = folder.resolve("store");
    try (RocksKv kv = RocksKv.open(store, SMALL)) {
      put(kv, "a", new byte[4000]);
      kv.flush();
    }
    damage(store);
    assertThatThrownBy(
            () -> {
              try (RocksKv kv = RocksKv.open(store, SMALL)) {
                kv.reader().get(Bucket.META, bytes("a"));
              }
            })
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CORRUPT));
  }

  private static void damage(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      Path table = files.filter(file -> file.toString().endsWith(".sst")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(table);
      for (int i = 0; i < 40; i++) {
        bytes[i] ^= 0x55;
      }
      Files.write(table, bytes);
    }
  }

  private static void put(RocksKv kv, String key, byte[] value) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes(key), value);
      batch.commit();
    }
  }
}
