package dev.pintle.storage.rocksdb;

/// The bounds of what the store may use.
///
/// @param writeBufferBytes memtable of one bucket; when it is full it goes to disk
/// @param writeBuffersMax memtables that may wait for the disk before writers do
/// @param blockCacheBytes decompressed blocks kept for reads
/// @param backgroundJobsMax threads that flush and compact
/// @param filesOpenMax table files kept open; each costs its index in memory
public record RocksConfig(
    long writeBufferBytes,
    int writeBuffersMax,
    long blockCacheBytes,
    int backgroundJobsMax,
    int filesOpenMax) {
  private static final long MIB = 1L << 20;

  public static final RocksConfig DEFAULT = new RocksConfig(32 * MIB, 3, 32 * MIB, 2, 512);

  public RocksConfig {
    require("write-buffer-bytes", writeBufferBytes, MIB / 16);
    require("write-buffers-max", writeBuffersMax, 2);
    require("block-cache-bytes", blockCacheBytes, MIB);
    require("background-jobs-max", backgroundJobsMax, 1);
    require("files-open-max", filesOpenMax, 32);
  }

  public RocksConfig withFilesOpenMax(int changed) {
    return new RocksConfig(
        writeBufferBytes, writeBuffersMax, blockCacheBytes, backgroundJobsMax, changed);
  }

  private static void require(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "storage.%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }
}
