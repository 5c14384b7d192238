package example.backend;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.testkit.BackendContract;

class SnapshotBackendTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new SnapshotProvider();
  }
}
