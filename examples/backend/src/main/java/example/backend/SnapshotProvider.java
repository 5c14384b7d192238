package example.backend;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.nio.file.Path;
import java.util.Set;

/// The provider of the backend `snapshots`: everything in memory, and all of it in one file at each flush. Good for stores of some
/// megabytes, and for reading how a backend is written.
public final class SnapshotProvider implements BackendProvider {
  @Override
  public String name() {
    return "snapshots";
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public BackendCapabilities capabilities() {
    return BackendCapabilities.all();
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    settings.requireKnown(Set.of());
    return SnapshotStore.open(Path.of(settings.folder()));
  }
}
