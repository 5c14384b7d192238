package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.testkit.BackendContract;
import java.util.Map;

class RocksBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new RocksProvider();
  }

  /// Small buffers, so that they fill and flush on their own.
  @Override
  protected Map<String, String> options() {
    return Map.of("write-buffer-bytes", "65536", "write-buffers-max", "2");
  }
}
