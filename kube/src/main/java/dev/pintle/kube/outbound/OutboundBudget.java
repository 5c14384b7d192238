package dev.pintle.kube.outbound;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The share of the process that calls may have: their number, and the bytes that they hold. Who finds too little waits in line, as long as the call
/// has time. Small reviews have bytes of their own, so that none waits behind a large one.
final class OutboundBudget {
  private static final int UNIT_BYTES = 1_024;
  private static final int SMALL_UNITS = 64;

  private final Semaphore calls;
  private final Part small;
  private final Part large;

  OutboundBudget(OutboundLimits limits) {
    this.calls = new Semaphore(limits.callsMax(), true);
    int all = (int) Math.min(limits.bytesMax() / UNIT_BYTES, Integer.MAX_VALUE);
    this.small = Part.of(all / 4, false);
    this.large = Part.of(all - all / 4, true);
  }

  /// Bytes for those of one size, in units.
  private record Part(Semaphore free, int max, boolean isLarge) {
    static Part of(int max, boolean large) {
      int some = Math.max(max, 1);
      return new Part(new Semaphore(some, true), some, large);
    }

    /// At least one, and never more than there are at all.
    int units(long bytes) {
      return Math.clamp((bytes + UNIT_BYTES - 1) / UNIT_BYTES, 1, max);
    }
  }

  /// The share of one call; closed once it is over.
  final class Share implements AutoCloseable {
    private Part part;
    private int held;

    private Share(Part part, int held) {
      this.part = part;
      this.held = held;
    }

    /// Takes room for what is being read, or refuses.
    ///
    /// @param bytes held in all
    void hold(long bytes) throws OutboundException {
      Part fitting = part.isLarge() ? part : part(bytes);
      boolean moves = fitting.isLarge() && !part.isLarge();
      int more = fitting.units(bytes) - (moves ? 0 : held);
      if (more <= 0) {
        return;
      }
      if (!fitting.free().tryAcquire(more)) {
        throw OutboundException.because("no room to read the answer: other calls hold all of it");
      }
      if (moves) {
        part.free().release(held);
        part = fitting;
        held = 0;
      }
      held += more;
    }

    @Override
    public void close() {
      part.free().release(held);
      calls.release();
    }
  }

  private Part part(long bytes) {
    return bytes > (long) SMALL_UNITS * UNIT_BYTES ? large : small;
  }

  /// Waits for room.
  ///
  /// @param bytes that are sent
  Share take(long bytes, long nanos) throws OutboundException {
    long until = System.nanoTime() + nanos;
    Part part = part(bytes);
    int wanted = part.units(bytes);
    acquire(calls, 1, nanos);
    boolean taken = false;
    try {
      acquire(part.free(), wanted, until - System.nanoTime());
      taken = true;
      return new Share(part, wanted);
    } finally {
      if (!taken) {
        calls.release();
      }
    }
  }

  private static void acquire(Semaphore from, int wanted, long nanos) throws OutboundException {
    try {
      if (!from.tryAcquire(wanted, nanos, TimeUnit.NANOSECONDS)) {
        throw OutboundException.unreached();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw OutboundException.because("context canceled");
    }
  }

  int freeCalls() {
    return calls.availablePermits();
  }
}
