package dev.pintle.member.core;

import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Refused.NotTaken;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Commands on their way to the log: a stack that any thread pushes on without a lock, and that the log's thread takes
/// whole and turns around.
///
/// Counted are commands until they are answered, not until they are taken: the limit bounds all that is under way.
final class SubmitQueue {
  /// The part of the bytes under way that large commands leave to small ones.
  private static final int SMALL_SHARE = 8;

  private final MemberConfig config;
  private final WakeupSignal bell;
  private final LongAdder unapplied;
  private final AtomicReference<@Nullable Submission> newest = new AtomicReference<>();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile @Nullable NotTaken stop;
  private volatile @Nullable NotTaken pause;

  /// @param unapplied counts what is refused
  SubmitQueue(MemberConfig config, WakeupSignal bell, LongAdder unapplied) {
    this.config = config;
    this.unapplied = unapplied;
    this.bell = bell;
  }

  void submit(Submission submission) {
    Refused refused = refusal(submission);
    if (refused != null) {
      unapplied.increment();
      submission.done.accept(refused);
      return;
    }
    Submission before;
    do {
      before = newest.get();
      submission.older = before;
    } while (!newest.compareAndSet(before, submission));
    if (refusal() != null) {
      refuseAll();
    } else {
      bell.ring();
    }
  }

  private @Nullable Refused refusal(Submission submission) {
    NotTaken closed = refusal();
    if (closed != null) {
      return closed;
    }
    long commands = waiting.incrementAndGet();
    long bytes = waitingBytes.addAndGet(submission.bytes);
    if (commands > config.waitingCommandsMax()) {
      answered(1, submission.bytes);
      return new Refused.TooManyRequests(commands - 1, config.waitingCommandsMax());
    }
    long bytesMax = bytesMax(submission);
    if (bytes > bytesMax && commands > 1) {
      answered(1, submission.bytes);
      return new Refused.TooManyRequests(bytes - submission.bytes, bytesMax);
    }
    return null;
  }

  /// Whoever fills all that there is with large commands is not to have those of others refused.
  private long bytesMax(Submission submission) {
    long all = config.waitingBytesMax();
    return submission.isLarge() ? all - all / SMALL_SHARE : all;
  }

  /// Commands of so many bytes are no longer under way.
  void answered(int commands, long bytes) {
    waiting.addAndGet(-commands);
    waitingBytes.addAndGet(-bytes);
  }

  /// Commands under way.
  long waiting() {
    return waiting.get();
  }

  boolean isEmpty() {
    return newest.get() == null;
  }

  /// Moves everything submitted to `target`, oldest first.
  void takeAll(ArrayDeque<Submission> target) {
    ArrayDeque<Submission> taken = new ArrayDeque<>();
    Submission next = newest.getAndSet(null);
    while (next != null) {
      taken.addFirst(next);
      Submission older = next.older;
      next.older = null;
      next = older;
    }
    target.addAll(taken);
  }

  /// From now on everything is refused, what waits here included.
  void stop(String reason) {
    if (stop == null) {
      stop = new Refused.Stopped(reason);
    }
    refuseAll();
  }

  boolean isStopped() {
    return stop != null;
  }

  /// Everything is refused, what waits here included, until [#resume].
  void pause(NotTaken because) {
    pause = because;
    refuseAll();
  }

  void resume() {
    pause = null;
    bell.ring();
  }

  /// What commands are answered while it pauses.
  @Nullable NotTaken pause() {
    return pause;
  }

  /// What commands are answered while none are taken, for good or for now.
  @Nullable NotTaken refusal() {
    NotTaken forGood = stop;
    return forGood == null ? pause : forGood;
  }

  private void refuseAll() {
    ArrayDeque<Submission> left = new ArrayDeque<>();
    takeAll(left);
    left.forEach(this::refuse);
  }

  void refuse(Submission submission) {
    NotTaken refusal = refusal();
    refuse(submission, refusal == null ? new Refused.Stopped("closing") : refusal);
  }

  void refuse(Submission submission, Refused refused) {
    unapplied.increment();
    answered(1, submission.bytes);
    submission.done.accept(refused);
  }

  /// Answers that nobody knows what becomes of a command that was begun.
  void giveUp(Submission submission, String reason) {
    if (!submission.answered) {
      submission.answered = true;
      refuse(submission, new Refused.TimedOut(reason));
    }
  }
}
