package dev.pintle.member.core;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.state.TxnReading;
import dev.pintle.kernel.state.WriteVisitor;
import dev.pintle.member.StoreView;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A published root, with where its values are.
final class View implements StoreView {
  /// The store is opened anew once in a while, never so often in a row.
  private static final int HISTORY_ATTEMPTS_MAX = 3;

  private final KeyspaceRoot root;
  private final RecordReader records;
  private final OrderedKv store;
  private final Supplier<View> newest;

  /// @param newest answers the newest view, which knows how far compaction came
  View(KeyspaceRoot root, RecordReader records, OrderedKv store, Supplier<View> newest) {
    this.root = root;
    this.records = records;
    this.store = store;
    this.newest = newest;
  }

  KeyspaceRoot root() {
    return root;
  }

  @Override
  public long revision() {
    return root.revision();
  }

  @Override
  public long compactedRevision() {
    return root.compactedRevision();
  }

  @Override
  public AuthImage auth() {
    return root.auth();
  }

  @Override
  public LeaseImage leases() {
    return root.leases();
  }

  @Override
  public ReadOutcome range(RangeRequest request, LongPredicate room) {
    dev.pintle.kernel.state.ReadOutcome outcome = root.range(request, records, room);
    if (outcome instanceof dev.pintle.kernel.state.ReadOutcome.Missing && request.revision() <= 0) {
      return rangeOfNewest(request, room);
    }
    return outcome(outcome, request);
  }

  /// Whoever asks for the newest revision may as well have one that compaction has not overtaken.
  private ReadOutcome rangeOfNewest(RangeRequest request, LongPredicate room) {
    return newer().range(request, room);
  }

  private View newer() {
    View current = newest.get();
    if (current.root == root) {
      throw new InvariantViolation("a record that the newest index points to is missing");
    }
    return current;
  }

  @Override
  public @Nullable ReadOutcome rangeInMemory(RangeRequest request, LongPredicate room) {
    dev.pintle.kernel.state.ReadOutcome outcome = root.rangeInMemory(request, records, room);
    return outcome instanceof dev.pintle.kernel.state.ReadOutcome.Missing
        ? null
        : outcome(outcome, request);
  }

  @Override
  public ReadOutcome scan(RangeRequest request, Predicate<? super KeyValue> visitor) {
    RangeRequest pinned = pinned(request);
    return outcome(root.scan(pinned, records, visitor), pinned);
  }

  @Override
  public void changedKeys(KeyRange range, long revision, Consumer<? super Bytes> visitor) {
    root.changedKeys(range, revision, visitor);
  }

  /// Like [#range], a transaction that compaction has overtaken is evaluated at the newest view.
  @Override
  public Outcome txn(Command.Txn txn, LongPredicate room) {
    return switch (root.read(txn, records, room)) {
      case TxnReading.Done(var outcome) -> outcome;
      case TxnReading.Missing() -> newer().txn(txn, room);
    };
  }

  @Override
  public @Nullable Outcome txnInMemory(Command.Txn txn, LongPredicate room) {
    return switch (root.readInMemory(txn, records, room)) {
      case TxnReading.Done(var outcome) -> outcome;
      case TxnReading.Missing() -> null;
    };
  }

  /// Asks again where the store was opened anew before anything was visited.
  @Override
  public @Nullable Refused history(long revision, WriteVisitor visitor) {
    for (int attempt = 1; ; attempt++) {
      try {
        return historyOnce(revision, visitor);
      } catch (StorageFailure failure) {
        if (failure.kind() != StorageFailure.Kind.REOPENED || attempt == HISTORY_ATTEMPTS_MAX) {
          throw failure;
        }
      }
    }
  }

  /// While compaction has not gone beyond this view, no moment of the store lacks what the view points to.
  private @Nullable Refused historyOnce(long revision, WriteVisitor visitor) {
    View current;
    try (OrderedKv.ReadTransaction stored = store.beginRead()) {
      current = newest.get();
      if (current.compactedRevision() == compactedRevision()) {
        return root.history(revision, stored, visitor);
      }
    }
    return current.history(revision, visitor);
  }

  private RangeRequest pinned(RangeRequest request) {
    return request.revision() > 0 ? request : request.at(revision());
  }

  private ReadOutcome outcome(dev.pintle.kernel.state.ReadOutcome outcome, RangeRequest request) {
    return switch (outcome) {
      case dev.pintle.kernel.state.ReadOutcome.Found(var result) -> new Found(result);
      case dev.pintle.kernel.state.ReadOutcome.NotReadable(var reason) -> new NotReadable(reason);
      // Compaction took a record away that this root still points to: to a reader, the revision is
      // compacted.
      case dev.pintle.kernel.state.ReadOutcome.Missing() ->
          new NotReadable(
              new Refused.CompactedRevision(request.revision(), newest.get().compactedRevision()));
    };
  }
}
