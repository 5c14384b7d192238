package dev.pintle.etcd.snapshot;

import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredWrite;
import java.io.IOException;

/// A taker of what a snapshot holds.
public interface SnapshotTaker {
  /// Once at most, and before the writes; not of a store in which nobody ever made a user or a role.
  void auth(AuthImage auth) throws IOException;

  /// In the order in which they were made.
  void write(StoredWrite write);

  void lease(StoredLease lease);

  void alarm(StoreAlarm alarm);
}
