package dev.pintle.etcd.snapshot;

import dev.pintle.bbolt.BucketContent;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredState;
import dev.pintle.kernel.state.StoredWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A stored state, told as etcd's buckets: the same bytes at every telling.
final class SnapshotBuckets implements BucketContent {
  private final StoredState state;
  private final SnapshotOrigin origin;
  private final Runnable giveWay;

  /// @param giveWay called once a piece, so that others have their turn on the thread
  SnapshotBuckets(StoredState state, SnapshotOrigin origin, Runnable giveWay) {
    this.state = state;
    this.origin = origin;
    this.giveWay = giveWay;
  }

  /// By their names, as a file has them.
  @Override
  public void tell(Entries root) throws IOException {
    root.bucket(EtcdRecords.ALARM, this::tellAlarms);
    AuthBuckets.tell(state.auth(), root);
    root.bucket(
        EtcdRecords.CLUSTER,
        to ->
            to.put(EtcdRecords.CLUSTER_VERSION, EtcdRecords.name(SnapshotOrigin.STORAGE_VERSION)));
    root.bucket(EtcdRecords.KEY, this::tellWrites);
    root.bucket(EtcdRecords.LEASE, this::tellLeases);
    root.bucket(EtcdRecords.MEMBERS, to -> to.put(origin.memberKey(), origin.memberJson()));
    root.bucket(EtcdRecords.MEMBERS_REMOVED, BucketContent.NONE);
    root.bucket(EtcdRecords.META, this::tellMeta);
  }

  private void tellAlarms(Entries to) throws IOException {
    List<StoreAlarm> noted = state.notes().alarms();
    List<byte[]> alarms = new ArrayList<>();
    noted.forEach(alarm -> alarms.add(EtcdRecords.alarm(alarm)));
    StoreAlarm full = new StoreAlarm(origin.memberId(), StoreAlarm.NO_SPACE, true);
    if (origin.noSpace() && noted.stream().noneMatch(full::isSameAs)) {
      alarms.add(EtcdRecords.alarm(full));
    }
    alarms.sort(Arrays::compareUnsigned);
    for (byte[] alarm : alarms) {
      to.put(alarm, new byte[0]);
    }
  }

  private void tellWrites(Entries to) throws IOException {
    StoredState.Pieces<StoredWrite> writes = state.writes();
    for (List<StoredWrite> piece = writes.next(); !piece.isEmpty(); piece = writes.next()) {
      for (StoredWrite write : piece) {
        byte[] key =
            EtcdRecords.revision(write.keyValue().modRevision(), write.sub(), write.deletion());
        to.put(key, EtcdRecords.value(write));
      }
      giveWay.run();
    }
  }

  private void tellLeases(Entries to) throws IOException {
    StoredState.Pieces<StoredLease> leases = state.leases();
    for (List<StoredLease> piece = leases.next(); !piece.isEmpty(); piece = leases.next()) {
      for (StoredLease lease : piece) {
        to.put(EtcdRecords.number(lease.id()), EtcdRecords.lease(lease));
      }
      giveWay.run();
    }
  }

  /// In the order of the names.
  private void tellMeta(Entries to) throws IOException {
    to.put(EtcdRecords.CONF_STATE, origin.confState());
    to.put(EtcdRecords.CONSISTENT_INDEX, EtcdRecords.number(Math.max(1, state.appliedIndex())));
    byte[] compacted = EtcdRecords.revision(state.compactedRevision());
    if (state.compactedRevision() > 0) {
      to.put(EtcdRecords.FINISHED_COMPACTION, compacted);
      to.put(EtcdRecords.SCHEDULED_COMPACTION, compacted);
    }
    to.put(EtcdRecords.STORAGE_VERSION, EtcdRecords.name(SnapshotOrigin.STORAGE_VERSION));
    to.put(EtcdRecords.TERM, EtcdRecords.number(1));
  }
}
