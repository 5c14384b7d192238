package dev.pintle.storage.sealed;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.testkit.BackendContract;
import java.util.Map;

class SealedBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new SealedProvider();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("write-buffer-bytes", "65536", "write-buffers-max", "2");
  }
}
