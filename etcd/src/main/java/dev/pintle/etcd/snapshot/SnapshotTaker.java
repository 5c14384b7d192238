package dev.pintle.etcd.snapshot;

import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredWrite;
import java.io.IOException;

/// A taker of what a snapshot holds.
public interface SnapshotTaker {
  /// Whoever asked that store had to say who they are. Comes before the writes.
  void authIsEnabled() throws IOException;

  /// In the order in which they were made.
  void write(StoredWrite write);

  void lease(StoredLease lease);
}
