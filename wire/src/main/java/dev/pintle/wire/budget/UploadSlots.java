package dev.pintle.wire.budget;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The slots in which large request bodies are taken in: so many at a time, in the order in which they asked. A large one costs each
/// stage of the server much, and all of them at once leave no processor to those who want little; one after another they are through
/// as soon. For any thread.
public final class UploadSlots {
  private final int max;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock, as is what follows.
  private final Set<Slot> waiting = new LinkedHashSet<>();

  private int held;

  /// @param max how many bodies have a slot at a time
  UploadSlots(int max) {
    this.max = max;
  }

  /// A slot, which is held at once where one is free.
  ///
  /// @param granted is run once it is held where it had to wait, by whoever gave it back
  Slot ask(Runnable granted) {
    Slot slot = new Slot(this, granted);
    lock.lock();
    try {
      if (held < max) {
        held++;
        slot.state = State.HELD;
      } else {
        waiting.add(slot);
      }
    } finally {
      lock.unlock();
    }
    return slot;
  }

  /// A slot beside all of these, for who comes first.
  Slot beside() {
    Slot slot = new Slot(this, () -> {});
    slot.state = State.BESIDE;
    return slot;
  }

  /// How many wait.
  int waitingCount() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void close(Slot slot) {
    Slot next;
    lock.lock();
    try {
      next = giveBack(slot);
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.granted.run();
    }
  }

  /// Answers who holds it now.
  private @Nullable Slot giveBack(Slot slot) {
    State before = slot.state;
    slot.state = State.CLOSED;
    if (before == State.WAITING) {
      waiting.remove(slot);
    }
    if (before != State.HELD) {
      return null;
    }
    Iterator<Slot> first = waiting.iterator();
    if (!first.hasNext()) {
      held--;
      return null;
    }
    Slot next = first.next();
    first.remove();
    next.state = State.HELD;
    return next;
  }

  private enum State {
    WAITING,
    HELD,
    BESIDE,
    CLOSED
  }

  /// The slot of one body, or its place among those that wait for one. To be closed, whether held or not.
  public static final class Slot implements AutoCloseable {
    private final UploadSlots slots;
    private final Runnable granted;
    private volatile State state = State.WAITING;

    private Slot(UploadSlots slots, Runnable granted) {
      this.slots = slots;
      this.granted = granted;
    }

    /// Whether the body need not wait.
    public boolean isHeld() {
      State now = state;
      return now == State.HELD || now == State.BESIDE;
    }

    @Override
    public void close() {
      slots.close(this);
    }
  }
}
