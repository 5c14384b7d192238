package dev.pintle.kernel.state;

import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;

/// The writer of a state that was made elsewhere into a store that is empty: a member that opens it goes on from there, with a log
/// that begins at its first entry. Nobody may open the store before [#finish] has returned.
public final class StoredStateWriter {
  /// Batches are committed once they have so much.
  private static final int BATCH_BYTES = 4 << 20;

  private static final int RECORD_BYTES_MORE = 64;

  private final OrderedKv store;
  private OrderedKv.Batch batch;
  private StoreNotes notes = StoreNotes.NONE;
  private long bytes;

  public StoredStateWriter(OrderedKv store) {
    this.store = store;
    this.batch = store.beginBatch();
  }

  /// Writes come in the order in which they were made.
  public void add(StoredWrite write) {
    new StoredRecord(write.keyValue(), write.deletion())
        .write(batch, RevisionKey.encode(write.keyValue().modRevision(), write.sub()));
    grow(write.keyValue().key().size() + write.keyValue().value().size());
  }

  /// Its time begins with what was noted of it, and anew where nothing was.
  public void add(StoredLease lease) {
    if (lease.remainingSeconds() > 0) {
      LeaseRecord.write(batch, lease.id(), lease.ttlSeconds(), lease.remainingSeconds());
    } else {
      LeaseRecord.write(batch, lease.id(), lease.ttlSeconds());
    }
    grow(2 * Long.BYTES);
  }

  /// Once at most.
  public void add(AuthImage auth) {
    AuthRecords.writeAll(batch, auth);
  }

  /// Stays until somebody takes it back.
  public void add(StoreAlarm alarm) {
    notes = notes.withAlarm(alarm);
  }

  private void grow(int more) {
    bytes += more + RECORD_BYTES_MORE;
    if (bytes >= BATCH_BYTES) {
      batch.commit();
      batch.close();
      batch = store.beginBatch();
      bytes = 0;
    }
  }

  /// Makes everything durable.
  ///
  /// @param revision the newest; no write is beyond it
  /// @param compacted the newest compacted revision, 0 when nothing was compacted
  public void finish(long revision, long compacted) {
    long recorded = compacted == 0 ? ReadSnapshot.NEVER_COMPACTED : compacted;
    new StateRecord(0, revision, recorded).write(batch);
    if (!notes.equals(StoreNotes.NONE)) {
      notes.write(batch);
    }
    batch.commit();
    batch.close();
    store.flush();
  }
}
