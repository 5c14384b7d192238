package dev.pintle.wire.loop;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/// The answer to whether a stream may be given more to send, readable from any thread.
///
/// It is closed while the event loop finds the stream's queue full, or while more than `handedBytesMax` bytes are on
/// their way to the loop from other threads.
public final class OutboundGate {
  private static final AtomicIntegerFieldUpdater<OutboundGate> HANDED_BYTES =
      AtomicIntegerFieldUpdater.newUpdater(OutboundGate.class, "handedBytes");

  private final int handedBytesMax;
  private volatile int handedBytes;
  private volatile boolean open = true;
  private volatile @Nullable Runnable onOpen;

  public OutboundGate(int handedBytesMax) {
    this.handedBytesMax = handedBytesMax;
  }

  public boolean isOpen() {
    return open && handedBytes < handedBytesMax;
  }

  /// Counts `bytes` that another thread is about to hand over.
  public void handing(int bytes) {
    HANDED_BYTES.addAndGet(this, bytes);
  }

  /// Counts `bytes` that arrived on the loop. True when that alone may have opened the gate.
  public boolean arrived(int bytes) {
    int before = HANDED_BYTES.getAndAdd(this, -bytes);
    return before >= handedBytesMax && before - bytes < handedBytesMax;
  }

  /// On the loop only. True when the gate went from closed to open, so that the owner plans [#announce].
  public boolean set(boolean nowOpen) {
    if (open == nowOpen) {
      return false;
    }
    open = nowOpen;
    return nowOpen;
  }

  /// On the loop only.
  public void onOpen(Runnable action) {
    onOpen = action;
  }

  /// On the loop only: tells the one who waits, if the gate is still open.
  public void announce() {
    Runnable action = onOpen;
    if (action != null && isOpen()) {
      Faults.guard(action);
    }
  }
}
