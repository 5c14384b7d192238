package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.Invariant;
import dev.pintle.kernel.index.Index;
import dev.pintle.kernel.index.IndexCursor;
import dev.pintle.kernel.index.KeyVersion;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;
import dev.pintle.kernel.lease.LeaseImage;

/// The making of the state from what storage holds.
final class Restore {
  private Restore() {}

  static WorkingState from(OrderedKv.Reader store) {
    WorkingState state = recorded(store);
    replay(store, 0, state);
    state.leases = attached(state, LeaseRecord.readAll(store));
    return state;
  }

  static WorkingState from(OrderedKv.Reader store, CheckpointReader checkpoint) {
    WorkingState state = recorded(store);
    if (!checkpoint.fits(state)) {
      return from(store);
    }
    state.index = checkpoint.index();
    replay(store, checkpoint.revision() + 1, state);
    state.leases = attached(state, LeaseRecord.readAll(store));
    return state;
  }

  private static WorkingState recorded(OrderedKv.Reader store) {
    WorkingState state = new WorkingState();
    state.notes = StoreNotes.read(store);
    StateRecord.read(store)
        .ifPresent(record -> {
          state.appliedIndex = record.appliedIndex();
          state.revision = record.revision();
          state.compacted = record.compacted();
        });
    state.auth = AuthRecords.read(store);
    return state;
  }

  private static void replay(OrderedKv.Reader store, long fromRevision, WorkingState state) {
    store.scan(
        Bucket.REVISIONS,
        RevisionKey.encode(fromRevision, 0),
        null,
        (key, value) -> {
          long main = RevisionKey.main(key);
          Invariant.check(
              main <= state.revision, "record of revision %d beyond %d", main, state.revision);
          restore(state.index, RevisionKey.sub(key), StoredRecord.decode(main, value).keyValue());
          return true;
        });
  }

  private static void restore(Index index, int sub, KeyValue record) {
    index.restore(
        record.key().array(),
        new KeyVersion(
            record.createRevision(), record.modRevision(), sub, record.version(), record.lease()));
  }

  private static LeaseImage attached(WorkingState state, LeaseImage granted) {
    LeaseImage leases = granted;
    if (granted.size() > 0) {
      IndexCursor cursor = state.index.current().cursor(KeyRange.ALL, state.revision);
      while (cursor.next()) {
        leases = leases.move(Bytes.wrap(cursor.key()), 0, cursor.version().lease());
      }
    }
    return leases;
  }
}
