package dev.pintle.wire.loop;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/// The turns in which one event loop reads the connections that took more than their share of its time. All that is read of
/// them in one round of the loop costs about [#ROUND_NANOS], however many they are, so that the others, who are read whenever they
/// send, never wait for all of them. A loop that has time to spare holds nobody up. On the event loop only.
final class ReadTurns {
  /// Loop time in a round for all that have used up their share.
  static final long ROUND_NANOS = 1_000_000;

  private final Executor nextRound;
  private final ArrayDeque<ReadShare> waiting = new ArrayDeque<>();
  private long spentNanos;
  private boolean planned;

  /// @param nextRound runs a task once the loop has seen what else there is to read
  ReadTurns(Executor nextRound) {
    this.nextRound = nextRound;
  }

  /// `share` is used up, and has just spent `nanos` more.
  void overdrawn(ReadShare share, long nanos) {
    spentNanos += nanos;
    if (spentNanos > ROUND_NANOS || !waiting.isEmpty()) {
      share.hold();
      waiting.add(share);
    }
    plan();
  }

  private void plan() {
    if (!planned) {
      planned = true;
      nextRound.execute(this::begin);
    }
  }

  private void begin() {
    planned = false;
    spentNanos = 0;
    long granted = 0;
    while (granted < ROUND_NANOS && !waiting.isEmpty()) {
      granted += waiting.remove().release();
    }
    if (!waiting.isEmpty()) {
      plan();
    }
  }
}
