package dev.pintle.member.core;

import static java.util.Objects.requireNonNull;

import dev.pintle.kernel.Invariant;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.state.AppliedCommand;
import dev.pintle.kernel.state.CheckpointReader;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.log.CommitLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The owner of the keyspace: evaluates durable commands, commits them to storage with the index they came to,
/// publishes, and answers.
final class ApplyStage {
  private static final System.Logger LOG = System.getLogger(ApplyStage.class.getName());

  private Keyspace keyspace;
  private final OrderedKv store;
  private final Records records;
  private final ValueCache cache;
  private OrderedKv.Batch writes;
  private final List<Observer> observers;
  private final Stopwatch commits;
  private volatile View view;
  private volatile long bytesApplied;

  /// What a batch did that is sealed and not committed; null when there is none.
  private @Nullable List<Delta> uncommitted;

  /// Whether the keyspace is what the log says, up to some entry. It is not while a command is evaluated, which the store can break
  /// off at any read.
  private boolean consistent = true;

  ApplyStage(
      Keyspace keyspace,
      OrderedKv store,
      ValueCache cache,
      List<Observer> observers,
      Stopwatch commits) {
    this.commits = commits;
    this.keyspace = keyspace;
    this.store = store;
    this.cache = cache;
    this.records = new Records(cache, store.reader());
    this.writes = store.beginBatch();
    this.observers = observers;
    this.view = viewOf(keyspace.root());
  }

  private View viewOf(KeyspaceRoot root) {
    return new View(root, records, store, this::view);
  }

  View view() {
    return view;
  }

  long appliedIndex() {
    return keyspace.root().appliedIndex();
  }

  /// Bytes of all commands applied since the start.
  long bytesApplied() {
    return bytesApplied;
  }

  /// Applies `batch`, publishes it and answers those who wait. When storage fails, nothing of the batch is published; it is
  /// in the log, and [#goOn] or the next start applies it.
  void apply(Batch batch, SubmitQueue queue) {
    publish(evaluate(batch));
    finish(batch, queue);
  }

  private List<Delta> evaluate(Batch batch) {
    consistent = false;
    List<Delta> deltas = new ArrayList<>(batch.submissions().size());
    long index = batch.firstIndex();
    for (Submission submission : batch.submissions()) {
      LongPredicate room = submission.answered ? ApplyStage::nobodyWaits : submission.room;
      submission.outcome = apply(index, submission.command, room, deltas);
      index++;
    }
    consistent = true;
    return deltas;
  }

  /// Answers those of a published batch who still wait.
  private void finish(Batch batch, SubmitQueue queue) {
    long bytes = 0;
    int waiting = 0;
    long bytesWaiting = 0;
    for (Submission submission : batch.submissions()) {
      bytes += submission.bytes;
      if (!submission.answered) {
        waiting++;
        bytesWaiting += submission.bytes;
      }
    }
    long bytesBefore = bytesApplied;
    bytesApplied = bytesBefore + bytes;
    queue.answered(waiting, bytesWaiting);
    for (Submission submission : batch.submissions()) {
      answer(submission);
    }
  }

  /// After a failure: does for `batch` what [#apply] was to do, if the store lets it.
  ///
  /// @param batch the one that failed, empty when none did
  /// @param rebuild calls [#rebuild]
  void goOn(Batch batch, SubmitQueue queue, Runnable rebuild) {
    if (!commitsAgain()) {
      store.recover(rebuild);
      if (!consistent) {
        rebuild.run();
      }
      if (uncommitted != null) {
        commit();
      } else if (!batch.submissions().isEmpty()) {
        publish(evaluate(batch));
      }
    }
    finish(batch, queue);
  }

  private boolean commitsAgain() {
    if (uncommitted == null) {
      return false;
    }
    try {
      commit();
      return true;
    } catch (StorageFailure still) {
      return false;
    }
  }

  /// Makes keyspace and storage anew, from what storage has and from the log, up to what readers see.
  void rebuild(CommitLog log, Optional<CheckpointReader> index) throws IOException {
    consistent = false;
    uncommitted = null;
    writes.close();
    writes = store.beginBatch();
    keyspace = open(store.reader(), index);
    new Recovery(log, this, view.root().appliedIndex()).run();
    Invariant.check(
        keyspace.root().appliedIndex() == view.root().appliedIndex()
            && keyspace.root().revision() == view.root().revision(),
        "the log leads to where readers are: index %d, revision %d",
        keyspace.root().appliedIndex(),
        keyspace.root().revision());
    consistent = true;
  }

  static Keyspace open(OrderedKv.Reader store, Optional<CheckpointReader> index) {
    return index.isPresent() ? Keyspace.open(store, index.get()) : Keyspace.open(store);
  }

  /// Applies one entry of the log on the way to the present; nobody is told.
  void replay(long index, Command command) {
    keyspace.apply(index, command, records, writes, ApplyStage::nobodyWaits);
  }

  /// Commits what was replayed.
  void commitReplayed() {
    keyspace.seal(writes);
    writes.commit();
    keyspace.publish();
  }

  /// Shows what a start has replayed.
  void show() {
    view = viewOf(keyspace.root());
  }

  /// Room for an answer that is not wanted.
  private static boolean nobodyWaits(long bytes) {
    return false;
  }

  private Outcome apply(long index, Command command, LongPredicate room, List<Delta> deltas) {
    AppliedCommand applied = keyspace.apply(index, command, records, writes, room);
    Delta delta = applied.delta();
    if (delta != null) {
      deltas.add(delta);
    }
    tell(command, applied.outcome());
    return applied.outcome();
  }

  /// Nobody but the caller hears of what was not allowed.
  private void tell(Command command, Outcome outcome) {
    if (outcome instanceof Outcome.Refused.Unauthorized) {
      return;
    }
    Command done = command instanceof Command.Checked checked ? checked.command() : command;
    for (Observer observer : observers) {
      observer.applied(done, outcome);
    }
  }

  /// Commits what was applied and shows it.
  private void publish(List<Delta> deltas) {
    keyspace.seal(writes);
    uncommitted = deltas;
    commit();
  }

  private void commit() {
    List<Delta> deltas = requireNonNull(uncommitted);
    commits.start();
    writes.commit();
    commits.stop();
    uncommitted = null;
    deltas.forEach(this::remember);
    KeyspaceRoot root = keyspace.publish();
    view = viewOf(root);
    for (Observer observer : observers) {
      observer.published(root, deltas);
    }
  }

  private void remember(Delta delta) {
    List<WatchEvent> events = delta.events();
    for (int sub = 0; sub < events.size(); sub++) {
      WatchEvent event = events.get(sub);
      if (event.kind() == WatchEvent.Kind.PUT) {
        cache.written(delta.revision(), sub, event.current());
      }
      if (event.previous() != null) {
        cache.age(event.previous());
      }
    }
  }

  private static void answer(Submission submission) {
    Outcome outcome = submission.outcome;
    if (outcome == null || submission.answered) {
      return;
    }
    submission.answered = true;
    try {
      submission.done.accept(outcome);
    } catch (RuntimeException e) {
      // Whoever asked failed to take the answer; the command is done all the same, and others wait
      // for theirs.
      LOG.log(Level.ERROR, "an answer was not taken", e);
    }
  }

  boolean isCompacting() {
    return keyspace.isCompacting();
  }

  /// Deletes a bounded number of compacted records.
  void compactionStep(int dropsMax) {
    keyspace.compactionStep(dropsMax, writes);
    publish(List.of());
  }

  void close() {
    writes.close();
  }
}
