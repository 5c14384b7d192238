package dev.pintle.kube.outbound;

import dev.pintle.kube.worker.FairExecutor;

/// The share of the process that calls may have: their number, and the bytes that they hold. Who finds too little waits, as long as the
/// call has time. Calls are shared out among the servers that are asked, what is sent among the clients whose requests it is, and what
/// is answered among the servers again, so that neither a server nor a client that takes all it can get leaves nothing to the others. Small
/// reviews have bytes of their own, so that none waits behind a large one; so have the trees that answers become, since those who wait for
/// them hold what was read.
final class OutboundBudget {
  private static final long SMALL_BYTES = 64L << 10;

  /// One server alone may have an eighth of all calls.
  private static final long SERVERS = 7;

  /// One alone may have a third of the bytes, or a little more.
  private static final long HOLDERS = 2;

  private final long callsMax;
  private final long bytesMax;
  private final SharedOut calls;
  private final SharedOut small;
  private final SharedOut large;
  private final SharedOut trees;

  OutboundBudget(OutboundLimits limits) {
    callsMax = limits.callsMax();
    calls = new SharedOut(callsMax, SERVERS);
    long quarter = limits.bytesMax() / 4;
    bytesMax = limits.bytesMax();
    small = new SharedOut(quarter, HOLDERS);
    trees = new SharedOut(quarter, HOLDERS);
    large = new SharedOut(limits.bytesMax() - 2 * quarter, HOLDERS);
  }

  boolean isLarge(SharedOut pool) {
    return pool == large;
  }

  SharedOut pool(long bytes) {
    return bytes > SMALL_BYTES ? large : small;
  }

  /// Waits for a place among the calls of a server.
  void enter(String server, long nanos) throws OutboundException {
    take(calls, server, 1, nanos);
  }

  /// Gives the place of [#enter] on.
  void leave(String server) {
    calls.giveBack(server, 1);
  }

  /// Whether no call of a server is under way.
  boolean isIdle(String server) {
    return calls.heldBy(server) == 0;
  }

  /// Waits for room for what is sent.
  ///
  /// @param client for whom it is sent
  OutboundRoom room(String client, long bytes, long nanos) throws OutboundException {
    SharedOut pool = pool(bytes);
    long fitting = pool.fitting(bytes);
    take(pool, "client " + client, fitting, nanos);
    return new OutboundRoom(this, "client " + client, pool, fitting);
  }

  /// Room for what a server will answer, none at first.
  OutboundRoom answer(String server) {
    return new OutboundRoom(this, "server " + server, small, 0);
  }

  /// Waits for room for what an answer is taken apart into.
  OutboundRoom tree(String client, long bytes, long nanos) throws OutboundException {
    long fitting = trees.fitting(bytes);
    take(trees, client, fitting, nanos);
    return new OutboundRoom(this, client, trees, fitting);
  }

  /// Whoever waits gives the place of its thread on meanwhile.
  private static void take(SharedOut pool, String name, long amount, long nanos)
      throws OutboundException {
    if (!pool.tryTake(name, amount)
        && !FairExecutor.away(() -> waited(pool, name, amount, nanos))) {
      throw Thread.currentThread().isInterrupted()
          ? OutboundException.because("context canceled")
          : OutboundException.unreached();
    }
  }

  private static boolean waited(SharedOut pool, String name, long amount, long nanos) {
    try {
      return pool.take(name, amount, nanos);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// How many bytes calls hold.
  long bytes() {
    return bytesMax - small.free() - trees.free() - large.free();
  }

  /// How many calls are under way.
  long calls() {
    return callsMax - calls.free();
  }
}
