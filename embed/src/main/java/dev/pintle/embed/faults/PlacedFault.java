package dev.pintle.embed.faults;

import dev.pintle.embed.requests.ReceivedRequest;
import java.util.concurrent.locks.ReentrantLock;

/// A fault at a server, from [FaultInjection#add] on.
public final class PlacedFault implements AutoCloseable {
  private final Fault fault;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by `lock`.
  private int passed;
  private int fired;
  private boolean closed;

  PlacedFault(Fault fault) {
    this.fault = fault;
  }

  /// The fault that was placed.
  public Fault fault() {
    return fault;
  }

  /// How often it has happened.
  public int fired() {
    lock.lock();
    try {
      return fired;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it can still happen.
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed && fired < fault.times();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it has yet to happen: as often as was asked for, or once where that is always.
  boolean isWanting() {
    lock.lock();
    try {
      return fired == 0 || (fault.isCounted() && fired < fault.times());
    } finally {
      lock.unlock();
    }
  }

  /// Whether it befalls a request, which then counts.
  boolean befalls(ReceivedRequest request) {
    if (!fault.fits(request)) {
      return false;
    }
    lock.lock();
    try {
      if (closed || fired >= fault.times()) {
        return false;
      }
      if (passed < fault.after()) {
        passed++;
        return false;
      }
      fired++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes it away; again does nothing.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /// What it is, and how often it has happened.
  @Override
  public String toString() {
    return "%s: happened %d times".formatted(fault, fired());
  }
}
