package dev.pintle.kernel.state;

import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/// All that a store keeps, at one moment, for whoever copies it; must be closed. It is read in pieces of a bounded size, so that
/// nobody waits for a copy that takes long.
///
/// What a compaction has decided to forget may still be among the writes, until it has come to it.
///
/// Each read fails with [dev.pintle.kernel.keyspace.StorageFailure] where the store does, and once it was opened anew.
public final class StoredState implements AutoCloseable {
  /// A piece ends with the record that makes it so long.
  private static final int PIECE_BYTES = 256 << 10;

  private final ReadTransaction store;
  private final StateRecord state;

  private StoredState(ReadTransaction store, StateRecord state) {
    this.store = store;
    this.state = state;
  }

  /// What `store` holds now.
  public static StoredState begin(OrderedKv store) {
    ReadTransaction moment = store.beginRead();
    try {
      WorkingState empty = new WorkingState();
      StateRecord none = new StateRecord(0, empty.revision, empty.compacted);
      return new StoredState(moment, StateRecord.read(moment).orElse(none));
    } catch (RuntimeException failed) {
      moment.close();
      throw failed;
    }
  }

  public long revision() {
    return state.revision();
  }

  /// The newest compacted revision; 0 when nothing was compacted.
  public long compactedRevision() {
    return Math.max(0, state.compacted());
  }

  /// The place in the log of the last command applied.
  public long appliedIndex() {
    return state.appliedIndex();
  }

  /// Users, roles and permissions, and whether they are checked.
  public AuthImage auth() {
    return AuthRecords.read(store);
  }

  /// What is noted about the whole store.
  public StoreNotes notes() {
    return StoreNotes.read(store);
  }

  /// The writes, in the order in which they were made; each call begins with the first.
  public Pieces<StoredWrite> writes() {
    return new Pieces<>(Bucket.REVISIONS, StoredState::write);
  }

  /// The leases, by their ids as unsigned numbers; each call begins with the first.
  public Pieces<StoredLease> leases() {
    return new Pieces<>(Bucket.LEASES, StoredState::lease);
  }

  private static StoredLease lease(byte[] key, byte[] value) {
    ByteReader times = new ByteReader(value);
    long ttlSeconds = times.readLong();
    long remainingSeconds = times.remaining() > 0 ? times.readLong() : 0;
    return new StoredLease(new ByteReader(key).readLong(), ttlSeconds, remainingSeconds);
  }

  private static StoredWrite write(byte[] key, byte[] value) {
    StoredRecord record = StoredRecord.decode(RevisionKey.main(key), value);
    return new StoredWrite(RevisionKey.sub(key), record.keyValue(), record.tombstone());
  }

  /// A reading of one kind, piece by piece.
  public final class Pieces<T> {
    private final Bucket bucket;
    private final BiFunction<byte[], byte[], T> decode;
    private byte[] from = new byte[0];

    private Pieces(Bucket bucket, BiFunction<byte[], byte[], T> decode) {
      this.bucket = bucket;
      this.decode = decode;
    }

    /// What follows; empty at the end.
    public List<T> next() {
      List<T> piece = new ArrayList<>();
      int[] bytes = {0};
      store.scan(
          bucket,
          from,
          null,
          (key, value) -> {
            piece.add(decode.apply(key, value));
            from = Arrays.copyOf(key, key.length + 1);
            bytes[0] += key.length + value.length;
            return bytes[0] < PIECE_BYTES;
          });
      return piece;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
