package dev.pintle.member.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A signal that wakes one thread that waits for something to become true. Ringing costs a read while nobody waits, and
/// of many who ring only the first pays for the waking.
public final class WakeupSignal {
  private static final VarHandle WAITING;

  static {
    try {
      WAITING = MethodHandles.lookup().findVarHandle(WakeupSignal.class, "waiting", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Thread waiting;

  /// To be called after what the waiting thread waits for was made true.
  public void ring() {
    Thread thread = waiting;
    if (thread != null && WAITING.compareAndSet(this, thread, null)) {
      LockSupport.unpark(thread);
    }
  }

  /// Returns when `ready`, or after `nanosMax`, or for no reason.
  public void await(BooleanSupplier ready, long nanosMax) {
    waiting = Thread.currentThread();
    if (!ready.getAsBoolean()) {
      LockSupport.parkNanos(this, nanosMax);
    }
    waiting = null;
  }
}
