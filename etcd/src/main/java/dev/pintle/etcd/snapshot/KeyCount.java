package dev.pintle.etcd.snapshot;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredWrite;
import java.util.HashSet;
import java.util.Set;

/// The count of the keys that are alive at the end of a snapshot. It remembers all of them meanwhile.
public final class KeyCount implements SnapshotTaker {
  private final Set<Bytes> alive = new HashSet<>();

  public long value() {
    return alive.size();
  }

  @Override
  public void auth(AuthImage auth) {}

  @Override
  public void write(StoredWrite write) {
    Bytes key = write.keyValue().key();
    if (write.deletion()) {
      alive.remove(key);
    } else {
      alive.add(key);
    }
  }

  @Override
  public void lease(StoredLease lease) {}

  @Override
  public void alarm(StoreAlarm alarm) {}
}
