package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A program that writes numbered batches into the store of the folder it is given, and halts amid its flushes and compactions.
final class HaltedWriter {
  static final int BATCHES = 400;

  /// Small buffers, so that they fill and flush on their own.
  static final RocksConfig SMALL = new RocksConfig(64 << 10, 2, 1 << 20, 1, 32);

  private HaltedWriter() {}

  public static void main(String[] args) {
    RocksKv kv = RocksKv.open(Path.of(args[0]), SMALL);
    for (int i = 1; i <= BATCHES; i++) {
      writeBatch(kv, name(i));
    }
    Runtime.getRuntime().halt(0);
  }

  static byte[] name(int number) {
    return "%03d".formatted(number).getBytes(StandardCharsets.UTF_8);
  }

  private static void writeBatch(RocksKv kv, byte[] name) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.REVISIONS, name, new byte[1000]);
      batch.put(Bucket.LEASES, name, new byte[1]);
      batch.put(Bucket.META, "last".getBytes(StandardCharsets.UTF_8), name);
      batch.commit();
    }
  }
}
