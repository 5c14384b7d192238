package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.RangeReply;
import dev.pintle.kernel.command.Outcome.TxnApplied;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import dev.pintle.wire.GrpcCall;
import java.util.concurrent.atomic.AtomicReference;

/// One client's way to be first under a name: a lease, a key that hangs on it, and the wait until every key that was created before is
/// gone. Whoever goes away before that leaves no key behind.
abstract class Candidacy {
  /// What somebody who waits takes beside the name.
  private static final int OBJECT_BYTES = 400;

  private final Sessions sessions;
  private final GrpcCall call;
  private final Bytes name;
  private final Bytes value;
  private final AtomicReference<Stage> stage = new AtomicReference<>(new Asking());

  private sealed interface Stage {}

  /// A key that is on its way.
  private record Asking() implements Stage {}

  /// A key that is not the first.
  private record Waiting(CreationQueue.Place place, Standing standing) implements Stage {}

  /// The end: the client was answered, or is gone.
  private record Over() implements Stage {}

  /// A key under the name.
  ///
  /// @param createRevision by which it is compared with others
  /// @param revision the store's when it was put, or found
  record Standing(Bytes key, long lease, long createRevision, long revision) {}

  Candidacy(Sessions sessions, GrpcCall call, Bytes name, Bytes value) {
    this.sessions = sessions;
    this.call = call;
    this.name = name;
    this.value = value;
  }

  /// How many times the transactions of this kind name the key.
  abstract int keysNamed();

  /// The key was there, with `found` as its content; goes on with [#await], or ends the call.
  abstract void resume(Standing standing, KeyValue found);

  /// Nobody is before `standing` any more.
  ///
  /// @param waited whether there was somebody
  abstract void reached(Standing standing, boolean waited);

  /// The command that takes the key away again.
  abstract Command withdrawal(Standing standing);

  final GrpcCall call() {
    return call;
  }

  final Sessions sessions() {
    return sessions;
  }

  /// On the event loop.
  final void begin(long lease) {
    sessions.requireRead(call, name);
    if (!sessions.fits(name, keysNamed(), value)) {
      call.fail(ConcurrencyStatus.of(EtcdStatus.REQUEST_TOO_LARGE));
    } else if (!call.keep(OBJECT_BYTES + 2 * name.size() + value.size())) {
      call.fail(EtcdStatus.TOO_MANY_REQUESTS);
    } else {
      call.onAbort(this::abandoned);
      call.onDraining(this::stopped);
      sessions.lease(call, lease, this::stand);
    }
  }

  private void stand(long lease) {
    if (stage.get() instanceof Over) {
      return;
    }
    Bytes key = ConcurrencyCommands.key(name, lease);
    sessions.submit(
        call, ConcurrencyCommands.stand(key, value, lease), outcome -> stood(key, lease, outcome));
  }

  private void stood(Bytes key, long lease, Outcome outcome) {
    if (!(outcome instanceof TxnApplied applied)) {
      throw new InvariantViolation("a transaction with the outcome " + outcome);
    }
    if (applied.reply().succeeded()) {
      await(new Standing(key, lease, applied.revision(), applied.revision()));
    } else if (applied.reply().replies().getFirst() instanceof RangeReply(var result)) {
      KeyValue found = result.entries().getFirst();
      resume(new Standing(key, lease, found.createRevision(), applied.revision()), found);
    }
  }

  /// Answers when nobody is before `standing`.
  final void await(Standing standing) {
    if (isAlone(standing)) {
      if (!end()) {
        withdraw(standing);
        return;
      }
      reached(standing, false);
      return;
    }
    CreationQueue.Place place =
        sessions
            .queues()
            .join(
                ConcurrencyCommands.candidates(name),
                standing.createRevision(),
                () -> granted(standing));
    Stage before = stage.get();
    boolean waits =
        before instanceof Asking && stage.compareAndSet(before, new Waiting(place, standing));
    if (!waits) {
      place.leave();
      withdraw(standing);
    }
  }

  /// Looks at the index alone, and in no more time where there are many.
  private boolean isAlone(Standing standing) {
    RangeRequest count =
        RangeRequest.of(ConcurrencyCommands.candidates(name))
            .withContent(Content.COUNT_ONLY)
            .at(standing.revision());
    return sessions.member().view().rangeInMemory(count, AnswerSize.ANY)
            instanceof Found(var result)
        && result.count() == 1;
  }

  private void granted(Standing standing) {
    if (end()) {
      reached(standing, true);
    }
  }

  private boolean end() {
    Stage before = stage.get();
    return !(before instanceof Over) && stage.compareAndSet(before, new Over());
  }

  private void abandoned() {
    if (stage.getAndSet(new Over()) instanceof Waiting(var place, var standing)) {
      place.leave();
      withdraw(standing);
    }
  }

  /// Its key stays: whoever comes back with its lease has its place again.
  private void stopped() {
    Stage before = stage.getAndSet(new Over());
    if (before instanceof Waiting(var place, _)) {
      place.leave();
    }
    if (!(before instanceof Over)) {
      call.fail(EtcdStatus.STOPPED);
    }
  }

  private void withdraw(Standing standing) {
    sessions.member().submit(withdrawal(standing), outcome -> {});
  }

  /// The store's revision when `key` was seen there; 0 when it is gone.
  final long revisionWith(Bytes key) {
    StoreView view = sessions.member().view();
    RangeRequest request = RangeRequest.of(KeyRange.point(key)).withContent(Content.COUNT_ONLY);
    boolean there =
        view.rangeInMemory(request, AnswerSize.ANY) instanceof Found(var result)
            && result.count() == 1;
    return there ? view.revision() : 0;
  }
}
