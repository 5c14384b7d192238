package dev.pintle.etcd.fake;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.kernel.state.StoreNotes;
import dev.pintle.kernel.state.WriteVisitor;
import dev.pintle.member.StoreView;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A view that remembers the last request and answers what the test set.
public final class FakeView implements StoreView {
  public AuthImage auth = AuthImage.INITIAL;
  public LeaseImage leases = LeaseImage.EMPTY;
  public StoreNotes notes = StoreNotes.NONE;
  public long revision = 7;
  public ReadOutcome outcome = new Found(new RangeResult(List.of(), 0, false));
  public boolean inMemory = true;
  public @Nullable RangeRequest requested;

  @Override
  public StoreNotes notes() {
    return notes;
  }

  @Override
  public AuthImage auth() {
    return auth;
  }

  @Override
  public LeaseImage leases() {
    return leases;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public long compactedRevision() {
    return 0;
  }

  @Override
  public ReadOutcome range(RangeRequest request, LongPredicate room) {
    requested = request;
    return answered(room);
  }

  @Override
  public @Nullable ReadOutcome rangeInMemory(RangeRequest request, LongPredicate room) {
    requested = request;
    return inMemory ? answered(room) : null;
  }

  private ReadOutcome answered(LongPredicate room) {
    if (outcome instanceof Found found) {
      for (KeyValue kv : found.result().entries()) {
        if (!room.test(AnswerSize.of(kv))) {
          return new NotReadable(new Refused.NoRoom());
        }
      }
    }
    return outcome;
  }

  @Override
  public ReadOutcome scan(RangeRequest request, Predicate<? super KeyValue> visitor) {
    if (outcome instanceof Found found) {
      for (KeyValue kv : found.result().entries()) {
        if (!visitor.test(kv)) {
          break;
        }
      }
      return new Found(new RangeResult(List.of(), found.result().count(), found.result().more()));
    }
    return outcome;
  }

  @Override
  public void changedKeys(KeyRange range, long after, Consumer<? super Bytes> visitor) {}

  @Override
  public @Nullable Refused history(long at, WriteVisitor visitor) {
    return new Refused.FutureRevision(at, revision);
  }

  @Override
  public Outcome txn(Command.Txn txn, LongPredicate room) {
    return new Outcome.TxnApplied(revision, new Outcome.TxnReply(true, List.of()));
  }

  @Override
  public @Nullable Outcome txnInMemory(Command.Txn txn, LongPredicate room) {
    return inMemory ? txn(txn, room) : null;
  }
}
