package dev.pintle.storage.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksObject;
import org.rocksdb.TablePropertiesCollectorFactory;

/// The settings of an open database, with the native memory they own.
final class RocksOptions implements AutoCloseable {
  /// Small enough that a point read decompresses little, large enough that LZ4 finds repetitions between objects.
  private static final int BLOCK_BYTES = 8 << 10;

  private static final long INFO_LOG_BYTES_MAX = 1 << 20;
  private static final long SYNC_EVERY_BYTES = 1 << 20;

  /// A file where half of any 1024 neighbouring entries are deletions is rewritten soon, so that compaction of the
  /// history gives its space back without waiting for its level to fill.
  private static final long DELETION_WINDOW_ENTRIES = 1024;

  private static final long DELETIONS_IN_WINDOW = 512;
  private static final double DELETION_RATIO = 0.5;

  private final List<RocksObject> owned = new ArrayList<>();
  private final RocksConfig config;
  private final LRUCache cache;

  RocksOptions(RocksConfig config) {
    this.config = config;
    this.cache = own(new LRUCache(config.blockCacheBytes()));
  }

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }

  DBOptions database() {
    return own(new DBOptions())
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setAtomicFlush(true)
        .setAllowConcurrentMemtableWrite(false)
        .setMaxBackgroundJobs(config.backgroundJobsMax())
        .setMaxOpenFiles(config.filesOpenMax())
        .setBytesPerSync(SYNC_EVERY_BYTES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
        .setKeepLogFileNum(2);
  }

  ColumnFamilyOptions bucket() {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(BLOCK_BYTES)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFormatVersion(6);
    // No bloom filter: a revision is looked for only where it exists.
    return own(new ColumnFamilyOptions(collectingDeletions()))
        .setTableFormatConfig(table)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setWriteBufferSize(config.writeBufferBytes())
        .setMaxWriteBufferNumber(config.writeBuffersMax())
        .setLevelCompactionDynamicLevelBytes(true);
  }

  /// Only the options of a whole database take a collector; a column family inherits it from there.
  private Options collectingDeletions() {
    Options options = own(new Options());
    options.setTablePropertiesCollectorFactory(
        List.of(
            own(
                TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                    DELETION_WINDOW_ENTRIES, DELETIONS_IN_WINDOW, DELETION_RATIO))));
    return options;
  }

  @Override
  public void close() {
    owned.reversed().forEach(RocksObject::close);
  }
}
