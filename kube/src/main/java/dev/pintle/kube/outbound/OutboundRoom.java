package dev.pintle.kube.outbound;

/// The room that bytes of calls have in memory; given back when it is closed. Of one thread.
public final class OutboundRoom implements AutoCloseable {
  private final OutboundBudget budget;
  private final String holder;
  private SharedOut pool;
  private long held;

  /// @param pool of which it holds `held` already
  OutboundRoom(OutboundBudget budget, String holder, SharedOut pool, long held) {
    this.budget = budget;
    this.holder = holder;
    this.pool = pool;
    this.held = held;
  }

  /// Grows to so many bytes in all, where there is room at once.
  public boolean tryHold(long bytes) {
    SharedOut fitting = budget.isLarge(pool) ? pool : budget.pool(bytes);
    boolean moves = fitting != pool;
    long more = fitting.fitting(bytes) - (moves ? 0 : held);
    if (more <= 0) {
      return true;
    }
    if (!fitting.tryGrow(holder, more, moves ? 0 : held)) {
      return false;
    }
    if (moves) {
      giveBack();
      pool = fitting;
    }
    held += more;
    return true;
  }

  /// As [#tryHold], for an answer that is being read.
  void hold(long bytes) throws OutboundException {
    if (!tryHold(bytes)) {
      throw OutboundException.because("no room to read the answer: other calls hold all of it");
    }
  }

  private void giveBack() {
    if (held > 0) {
      pool.giveBack(holder, held);
      held = 0;
    }
  }

  @Override
  public void close() {
    giveBack();
  }
}
