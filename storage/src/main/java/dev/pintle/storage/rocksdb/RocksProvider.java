package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.nio.file.Path;
import java.util.Set;

/// The provider of the backend `rocksdb`, the default.
public final class RocksProvider implements BackendProvider {
  private static final String WRITE_BUFFER = "write-buffer-bytes";
  private static final String WRITE_BUFFERS = "write-buffers-max";
  private static final String BLOCK_CACHE = "block-cache-bytes";
  private static final String JOBS = "background-jobs-max";

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public String options() {
    RocksConfig usual = RocksConfig.DEFAULT;
    return "%s=%d, %s=%d, %s=%d, %s=%d"
        .formatted(
            WRITE_BUFFER,
            usual.writeBufferBytes(),
            WRITE_BUFFERS,
            usual.writeBuffersMax(),
            BLOCK_CACHE,
            usual.blockCacheBytes(),
            JOBS,
            usual.backgroundJobsMax());
  }

  @Override
  public BackendCapabilities capabilities() {
    return BackendCapabilities.all();
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    settings.requireKnown(Set.of(WRITE_BUFFER, WRITE_BUFFERS, BLOCK_CACHE, JOBS));
    RocksConfig usual = RocksConfig.DEFAULT;
    RocksConfig config =
        new RocksConfig(
            settings.number(WRITE_BUFFER, 1, usual.writeBufferBytes()),
            Math.toIntExact(settings.number(WRITE_BUFFERS, 1, usual.writeBuffersMax())),
            settings.number(BLOCK_CACHE, 1, usual.blockCacheBytes()),
            Math.toIntExact(settings.number(JOBS, 1, usual.backgroundJobsMax())),
            settings.filesOpenMax());
    return RocksKv.open(Path.of(settings.folder()), config);
  }
}
