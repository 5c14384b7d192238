package dev.pintle.kube.discovery;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when first asked for, once, however many ask at the same time.
public final class Memoized<T> implements Supplier<T> {
  private final ReentrantLock making = new ReentrantLock();
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  public Memoized(Supplier<T> maker) {
    this.maker = maker;
  }

  public boolean isMade() {
    return made != null;
  }

  @Override
  public T get() {
    T known = made;
    if (known != null) {
      return known;
    }
    making.lock();
    try {
      T now = made;
      if (now == null) {
        now = maker.get();
        made = now;
      }
      return now;
    } finally {
      making.unlock();
    }
  }
}
