package dev.pintle.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.testkit.OrderedKvContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksKvTest extends OrderedKvContract {
  private static final RocksConfig SMALL = HaltedWriter.SMALL;

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

  @Test
  void aCrashKeepsAPrefixOfTheBatchesInAllBuckets() throws Exception {
    Path crashed = folder.resolve("crashed");
    assertThat(runHaltedWriter(crashed)).isZero();
    try (RocksKv kv = RocksKv.open(crashed, SMALL)) {
      List<String> numbers = entries(kv.reader(), Bucket.LEASES, "", null);
      int survived = numbers.size();
      assertThat(survived).isBetween(1, HaltedWriter.BATCHES);
      byte[] last = kv.reader().get(Bucket.META, bytes("last"));
      assertThat(last).isEqualTo(HaltedWriter.name(survived));
      assertThat(entries(kv.reader(), Bucket.REVISIONS, "", null)).hasSize(survived);
    }
  }

  private static int runHaltedWriter(Path store) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                HaltedWriter.class.getName(),
                store.toString())
            .inheritIO()
            .start();
    try {
      assertThat(writer.waitFor(60, TimeUnit.SECONDS)).as("the writer ended").isTrue();
      return writer.exitValue();
    } finally {
      writer.destroyForcibly();
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
