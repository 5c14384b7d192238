package dev.pintle.kube.chain;

import dev.pintle.wire.Exchange;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The requests of one part of a [DeadlineQueue], the one that has to be over first at the top: a binary heap in which each knows its
/// place, so that it leaves in logarithmic time, without a node of its own.
final class DeadlineHeap {
  private static final int NOWHERE = -1;
  private static final int CAPACITY_MIN = 16;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private @Nullable Deadline[] heap = new Deadline[CAPACITY_MIN];
  private int size;

  /// The time at which a request has to be over. It leaves when it is told that the request is.
  abstract static class Deadline implements Exchange.EndListener {
    /// Where those are whose request is over.
    private static final DeadlineHeap NOBODY = new DeadlineHeap();

    private static final AtomicReferenceFieldUpdater<Deadline, @Nullable DeadlineHeap> AMONG =
        AtomicReferenceFieldUpdater.newUpdater(Deadline.class, DeadlineHeap.class, "among");

    private volatile @Nullable DeadlineHeap among;
    private long atNanos;

    /// In the heap. Guarded by its lock.
    private int place = NOWHERE;

    /// Does what is to be done when the time has come.
    abstract void late();

    final boolean isOver() {
      return among == NOBODY;
    }

    @Override
    public void ended(int status, long bytes) {
      DeadlineHeap heap = AMONG.getAndSet(this, NOBODY);
      if (heap != null) {
        heap.remove(this);
      }
    }
  }

  /// Nothing for one whose request is over.
  ///
  /// @param added that is nowhere yet
  void add(long atNanos, Deadline added) {
    added.atNanos = atNanos;
    if (!Deadline.AMONG.compareAndSet(added, null, this)) {
      return;
    }
    lock.lock();
    try {
      // It may have ended meanwhile.
      if (added.among != this) {
        return;
      }
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      rise(added, size++);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Deadline over) {
    lock.lock();
    try {
      if (over.place != NOWHERE) {
        takeOut(over);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The first one, which then is here no more, if its time has come; else null.
  @Nullable Deadline takeLate(long nowNanos) {
    lock.lock();
    try {
      Deadline first = size == 0 ? null : at(0);
      if (first == null || first.atNanos > nowNanos) {
        return null;
      }
      takeOut(first);
      return first;
    } finally {
      lock.unlock();
    }
  }

  /// When the time of the first one comes.
  ///
  /// @param never when there is none
  long nextNanos(long never) {
    lock.lock();
    try {
      return size == 0 ? never : at(0).atNanos;
    } finally {
      lock.unlock();
    }
  }

  private void takeOut(Deadline over) {
    int place = over.place;
    over.place = NOWHERE;
    Deadline moved = at(--size);
    heap[size] = null;
    if (place < size) {
      rise(moved, sink(moved, place));
    }
    if (size < heap.length / 4 && heap.length > CAPACITY_MIN) {
      heap = Arrays.copyOf(heap, heap.length / 2);
    }
  }

  private void rise(Deadline deadline, int from) {
    int place = from;
    while (place > 0 && deadline.atNanos < at((place - 1) / 2).atNanos) {
      put(at((place - 1) / 2), place);
      place = (place - 1) / 2;
    }
    put(deadline, place);
  }

  /// Lets what comes earlier rise until `deadline` may stand at the place that is returned.
  private int sink(Deadline deadline, int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && at(child + 1).atNanos < at(child).atNanos) {
        child++;
      }
      if (at(child).atNanos >= deadline.atNanos) {
        break;
      }
      put(at(child), place);
      place = child;
    }
    return place;
  }

  @SuppressWarnings("NullAway") // below `size` there is one at every place
  private Deadline at(int place) {
    return heap[place];
  }

  private void put(Deadline deadline, int place) {
    heap[place] = deadline;
    deadline.place = place;
  }
}
