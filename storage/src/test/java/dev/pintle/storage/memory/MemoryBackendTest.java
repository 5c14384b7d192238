package dev.pintle.storage.memory;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.testkit.BackendContract;

class MemoryBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new MemoryProvider();
  }
}
