package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.command.Outcome.DeleteReply;
import dev.pintle.kernel.command.Outcome.PutReply;
import dev.pintle.kernel.command.Outcome.RangeReply;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.index.Index.Written;
import dev.pintle.kernel.index.IndexCursor;
import dev.pintle.kernel.index.KeyVersion;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;
import dev.pintle.kernel.state.ReadOutcome.Found;
import dev.pintle.kernel.state.ReadOutcome.NotReadable;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kernel.watch.WatchEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The writes of one command, all at the revision after the state's. Nothing in it can be refused: whoever writes has checked
/// before.
final class WriteTxn implements TxnEvaluation.Executor {
  private static final int EVENTS_USUAL = 2;

  private final WorkingState state;
  private final BatchRecords records;
  private final OrderedKv.Writer out;
  private final List<WatchEvent> events = new ArrayList<>(EVENTS_USUAL);
  private final long revision;
  private final LongPredicate room;
  private boolean lackedRoom;

  /// @param room for what the command answers; once there is none, nothing more of the answer is collected
  WriteTxn(WorkingState state, BatchRecords records, OrderedKv.Writer out, LongPredicate room) {
    this.room = room;
    this.state = state;
    this.records = records;
    this.out = out;
    this.revision = state.revision + 1;
  }

  /// What an operation sees: everything before the command, and what the command wrote up to now.
  private ReadSnapshot moment() {
    return new ReadSnapshot(
        state.index.current(), events.isEmpty() ? state.revision : revision, state.compacted);
  }

  @Override
  public Reply execute(Operation operation) {
    return switch (operation) {
      case Put put -> put(put);
      case DeleteRange delete -> delete(delete.range(), delete.previous());
      case Range range -> range(range);
      case Txn txn ->
          throw new IllegalArgumentException("operation: " + txn + " (expected: planned)");
    };
  }

  /// Whether what the command answers is not whole.
  boolean lackedRoom() {
    return lackedRoom;
  }

  private boolean hasRoom(KeyValue entry) {
    lackedRoom = lackedRoom || !room.test(AnswerSize.of(entry));
    return !lackedRoom;
  }

  private RangeReply range(Range range) {
    if (lackedRoom) {
      return TxnEvaluation.NOTHING;
    }
    ReadOutcome outcome = RangeEvaluation.read(moment(), range.request(), records::require, room);
    if (outcome instanceof NotReadable(Refused.NoRoom _)) {
      lackedRoom = true;
      return TxnEvaluation.NOTHING;
    }
    if (outcome instanceof Found(var result)) {
      return new RangeReply(result);
    }
    throw new IllegalArgumentException("range: %s (expected: checked before)".formatted(outcome));
  }

  PutReply put(Put put) {
    Bytes key = put.key();
    KeyValue kept = put.keepValue() || put.keepLease() ? existing(key) : null;
    Bytes value = put.keepValue() ? valueOf(kept) : put.value();
    long lease = put.keepLease() ? leaseOf(kept) : put.leaseId();
    Written written = state.index.put(key.array(), revision, events.size(), lease);
    KeyVersion version = written.current();
    KeyValue current =
        new KeyValue(key, version.created(), revision, version.version(), lease, value);
    KeyValue previous = kept != null ? kept : previous(written, put.previous());
    record(Kind.PUT, current, previous);
    state.leases = state.leases.move(key, leaseOf(written), lease);
    boolean answered = put.previous() && previous != null && hasRoom(previous);
    return new PutReply(answered ? previous : null);
  }

  /// The key-value as the command left it so far; null when an earlier operation of the same command deleted it, though it
  /// was there when the command was checked: then there is nothing to keep.
  private @Nullable KeyValue existing(Bytes key) {
    ReadSnapshot moment = moment();
    KeyVersion version = moment.index().find(key.array(), moment.revision());
    return version == null ? null : records.require(version.modified(), version.sub());
  }

  private static Bytes valueOf(@Nullable KeyValue entry) {
    return entry == null ? Bytes.EMPTY : entry.value();
  }

  private static long leaseOf(@Nullable KeyValue entry) {
    return entry == null ? 0 : entry.lease();
  }

  /// Watchers like to have the key-value before the change, and get it where it costs nothing.
  private @Nullable KeyValue previous(Written written, boolean required) {
    KeyVersion version = written.previous();
    if (version == null) {
      return null;
    }
    return required
        ? records.require(version.modified(), version.sub())
        : records.peek(version.modified(), version.sub());
  }

  private static long leaseOf(Written written) {
    return written.previous() == null ? 0 : written.previous().lease();
  }

  DeleteReply delete(KeyRange range, boolean previous) {
    List<Bytes> keys = aliveIn(range);
    List<KeyValue> deleted = new ArrayList<>(previous ? keys.size() : 0);
    for (Bytes key : keys) {
      KeyValue before = delete(key, previous && !lackedRoom);
      if (previous && before != null && hasRoom(before)) {
        deleted.add(before);
      }
    }
    return new DeleteReply(keys.size(), deleted);
  }

  private List<Bytes> aliveIn(KeyRange range) {
    ReadSnapshot moment = moment();
    List<Bytes> keys = new ArrayList<>();
    IndexCursor cursor = moment.index().cursor(range, moment.revision());
    while (cursor.next()) {
      keys.add(Bytes.wrap(cursor.key()));
    }
    return keys;
  }

  /// Deletes a key that is alive.
  @Nullable KeyValue delete(Bytes key, boolean previousRequired) {
    Written written = state.index.delete(key.array(), revision, events.size());
    KeyValue previous = previous(written, previousRequired);
    record(Kind.DELETE, new KeyValue(key, 0, revision, 0, 0, Bytes.EMPTY), previous);
    state.leases = state.leases.move(key, leaseOf(written), 0);
    return previous;
  }

  private void record(Kind kind, KeyValue current, @Nullable KeyValue previous) {
    StoredRecord record = new StoredRecord(current, kind == Kind.DELETE);
    record.write(out, RevisionKey.encode(revision, events.size()));
    if (events.isEmpty()) {
      records.add(events);
    }
    events.add(new WatchEvent(kind, current, beforeCommand(current.key(), previous)));
  }

  /// What a watcher is told that the key was: what the command itself wrote was never there for anybody else.
  private @Nullable KeyValue beforeCommand(Bytes key, @Nullable KeyValue previous) {
    if (previous == null || previous.modRevision() < revision) {
      return previous;
    }
    for (WatchEvent earlier : events) {
      if (earlier.key().equals(key)) {
        return earlier.previous();
      }
    }
    throw new InvariantViolation("a record of revision " + revision + " without its event");
  }

  /// Makes the writes, if there were any, the state's newest revision.
  @Nullable Delta finish() {
    if (events.isEmpty()) {
      return null;
    }
    state.revision = revision;
    return new Delta(revision, events);
  }
}
