package dev.pintle.member.core;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.state.AppliedCommand;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.WatchEvent;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// The owner of the keyspace: evaluates durable commands, commits them to storage with the index they came to,
/// publishes, and answers.
final class ApplyStage {
  private static final System.Logger LOG = System.getLogger(ApplyStage.class.getName());

  private final Keyspace keyspace;
  private final OrderedKv store;
  private final Records records;
  private final ValueCache cache;
  private final OrderedKv.Batch writes;
  private final List<Observer> observers;
  private final Stopwatch commits;
  private volatile View view;
  private volatile long bytesApplied;

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
  /// in the log, and the next start applies it.
  void apply(Batch batch, SubmitQueue queue) {
    List<Delta> deltas = new ArrayList<>(batch.submissions().size());
    long index = batch.firstIndex();
    long bytes = 0;
    for (Submission submission : batch.submissions()) {
      submission.outcome = apply(index, submission.command, submission.room, deltas);
      bytes += submission.bytes;
      index++;
    }
    publish(deltas);
    long bytesBefore = bytesApplied;
    bytesApplied = bytesBefore + bytes;
    queue.answered(batch.submissions().size(), bytes);
    for (Submission submission : batch.submissions()) {
      answer(submission);
    }
  }

  /// Applies one entry of the log on the way to the present, without publishing.
  void replay(long index, Command command) {
    apply(index, command, ApplyStage::nobodyWaits, new ArrayList<>(1));
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
    for (Observer observer : observers) {
      observer.applied(command, applied.outcome());
    }
    return applied.outcome();
  }

  /// Commits what was applied and shows it.
  void publish(List<Delta> deltas) {
    keyspace.seal(writes);
    commits.start();
    writes.commit();
    commits.stop();
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
    if (outcome == null) {
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
