package dev.pintle.member.core;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused.NotTaken;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.state.CheckpointReader;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.member.MemberMetrics;
import dev.pintle.member.StoreView;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.log.CommitLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/// A member without threads: whoever drives it calls [#logStep] from one thread, [#applyStep] from one thread, and
/// [#checkpoint] from one thread; these may be the same. Everything else is for any thread.
public final class MemberCore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MemberCore.class.getName());

  /// Durable batches that may wait to be applied; with more, the log waits.
  private static final int BATCHES_AHEAD_MAX = 4;

  private final MemberConfig config;
  private final Parts parts;
  private final MemberMetrics figures = new MemberMetrics();
  private final SubmitQueue queue;
  private final LogStage logStage;
  private final ApplyStage applyStage;
  private final Checkpoint checkpoint;
  private final StoreRecovery recovery;
  private final WakeupSignal logBell = new WakeupSignal();
  private final WakeupSignal applyBell = new WakeupSignal();
  private final ArrayBlockingQueue<Batch> durable = new ArrayBlockingQueue<>(BATCHES_AHEAD_MAX);
  private final List<Observer> observers = new ArrayList<>();

  /// The parts that a member is made of; it closes them.
  public record Parts(CommitLog log, OrderedKv store, IndexFile index, Clock clock) {}

  private MemberCore(Parts parts, MemberConfig config) throws IOException {
    this.config = config;
    this.parts = parts;
    this.queue = new SubmitQueue(config, logBell, figures.unapplied());
    this.logStage =
        new LogStage(
            config,
            queue,
            parts.log(),
            durable,
            parts.clock(),
            new Stopwatch(parts.clock(), figures.logAppends()),
            figures.operations().logBytes());
    long started = parts.clock().nanos();
    Optional<CheckpointReader> index = parts.index().read();
    this.checkpoint =
        new Checkpoint(config, parts, index.map(CheckpointReader::revision).orElse(0L));
    this.applyStage =
        new ApplyStage(
            ApplyStage.open(parts.store().reader(), index),
            parts.store(),
            new ValueCache(config.valueCacheBytes()),
            observers,
            new Stopwatch(parts.clock(), figures.storeCommits()));
    long replayed = new Recovery(parts.log(), applyStage, Long.MAX_VALUE).run();
    applyStage.show();
    observers.add(new OperationCounter(figures.operations()));
    this.recovery = new StoreRecovery(parts, applyStage, queue);
    LOG.log(
        Level.DEBUG,
        "recovered keys={0} replayed={1} millis={2}",
        root().size(),
        replayed,
        (parts.clock().nanos() - started) / 1_000_000);
  }

  /// Recovers what the parts hold.
  ///
  /// @throws dev.pintle.member.log.UnreadableFile when they do not belong together
  public static MemberCore open(Parts parts, MemberConfig config) throws IOException {
    return new MemberCore(parts, config);
  }

  /// Adds an observer; before the first step only.
  public void observe(Observer observer) {
    observers.add(observer);
  }

  public void submit(Command command, Consumer<? super Outcome> done) {
    submit(command, AnswerSize.ANY, done);
  }

  /// @param room for the answer; see [dev.pintle.member.Member]
  public void submit(Command command, LongPredicate room, Consumer<? super Outcome> done) {
    queue.submit(new Submission(command, room, done));
  }

  public StoreView view() {
    return applyStage.view();
  }

  public KeyspaceRoot root() {
    return applyStage.view().root();
  }

  public boolean hasLogWork() {
    return logStage.hasWork() && durable.remainingCapacity() > 0;
  }

  /// Makes one batch durable; answers false when there is none, or no room behind it.
  public boolean logStep() {
    if (durable.remainingCapacity() == 0 || !logStage.step()) {
      return false;
    }
    applyBell.ring();
    return true;
  }

  public void awaitLogWork(BooleanSupplier orElse, long nanosMax) {
    logBell.await(() -> hasLogWork() || orElse.getAsBoolean(), nanosMax);
  }

  public boolean hasApplyWork() {
    if (recovery.isUnderWay()) {
      return recovery.isDue();
    }
    return (!durable.isEmpty() || mayCompact()) && !areObserversBehind();
  }

  private boolean areObserversBehind() {
    for (Observer observer : observers) {
      if (observer.isBehind()) {
        return true;
      }
    }
    return false;
  }

  /// True when nothing that is durable waits to be applied, or nothing can be: the next start applies it.
  public boolean isDrained() {
    return durable.isEmpty() || recovery.isUnderWay();
  }

  /// Applies one durable batch, or does a piece of compaction; answers false when there is neither, or when
  /// an observer is behind. After a failure of the store it tries now and then to go on.
  public boolean applyStep() {
    if (areObserversBehind()) {
      return false;
    }
    if (recovery.isUnderWay()) {
      return recovery.isDue() && recovery.attempt(durable);
    }
    Batch batch = durable.poll();
    if (batch != null) {
      logBell.ring();
      guarded(batch);
      return true;
    }
    if (mayCompact()) {
      guarded(StoreRecovery.NOTHING);
      return true;
    }
    return false;
  }

  private boolean mayCompact() {
    return applyStage.isCompacting();
  }

  /// Under traffic a compaction goes on with a small step beside every batch.
  private void guarded(Batch batch) {
    Batch current = batch;
    try {
      if (!batch.submissions().isEmpty()) {
        applyStage.apply(batch, queue);
      }
      current = StoreRecovery.NOTHING;
      if (applyStage.isCompacting()) {
        applyStage.compactionStep(config.compactionDropsPerStep());
      }
    } catch (StorageFailure e) {
      recovery.begin(e, current, durable);
    }
  }

  public void awaitApplyWork(BooleanSupplier orElse, long nanosMax) {
    applyBell.await(() -> hasApplyWork() || orElse.getAsBoolean(), nanosMax);
  }

  /// True when [#checkpoint] is worth its cost.
  public boolean isCheckpointDue() {
    return !recovery.isUnderWay() && checkpoint.isDue(root(), applyStage.bytesApplied());
  }

  /// Makes storage durable as far as it is applied, and forgets that part of the log.
  public void checkpoint() throws IOException {
    recovery.guard(checkpoint);
  }

  /// Takes no more commands; those that are not in the log are refused.
  public void stop(String reason) {
    queue.stop(reason);
    wake();
  }

  /// Lets waiting threads look around.
  public void wake() {
    logBell.ring();
    applyBell.ring();
  }

  /// Why no commands are taken, for good or for now, if so.
  public Optional<String> stopReason() {
    NotTaken refusal = queue.refusal();
    return Optional.ofNullable(refusal == null ? logStage.trouble() : refusal)
        .map(NotTaken::reason);
  }

  /// Whether commands are never taken again.
  public boolean isStopped() {
    return queue.isStopped();
  }

  /// What was committed to storage; to read only.
  public OrderedKv store() {
    return parts.store();
  }

  /// Commands submitted and not answered.
  public long commandsWaiting() {
    return queue.waiting();
  }

  public MemberMetrics figures() {
    return figures;
  }

  /// Whether the log or the store found no room on the disk.
  public boolean isOutOfSpace() {
    return recovery.isOutOfSpace() || logStage.isOutOfSpace();
  }

  public OrderedKv.Size storageSize() {
    return parts.store().size();
  }

  /// Closes the parts; nobody may be stepping. What is in the log and not in storage stays in the log.
  @Override
  public void close() throws IOException {
    logStage.refuseTaken();
    applyStage.close();
    parts.store().close();
    parts.log().close();
  }
}
