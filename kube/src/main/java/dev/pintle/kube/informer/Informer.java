package dev.pintle.kube.informer;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The follower of all keys of a range for any number of handlers: they are told of what there is, and then of each change, in the order
/// of revisions, on one thread. It keeps nothing itself. When changes were lost to compaction the handlers are told of everything again.
public final class Informer implements AutoCloseable {
  /// Bytes of changes that may wait for the handlers; what comes then stays in the store's history, or is told anew.
  private static final long WAITING_BYTES_MAX = 8L << 20;

  private static final int CHANGE_BYTES = 128;

  private final String name;
  private final Member member;
  private final KeyRange range;
  private final List<Handler> handlers;
  private final ControllerFailures failures;
  private final LinkedBlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final WatchHub.Stream stream;
  private final Thread thread;
  private long watchId;
  private volatile boolean closed;

  /// A taker of what happens in a range of keys; one thread at a time.
  public interface Handler {
    /// From here on what was told before counts no more.
    default void replacing() {}

    /// What there is, one by one, between [#replacing] and [#replaced].
    void present(KeyValue kv);

    /// That was all; changes follow.
    default void replaced() {}

    void changed(WatchEvent event);
  }

  /// @param name of its thread, and under which failures are counted
  public Informer(
      String name,
      Member member,
      KeyRange range,
      ControllerFailures failures,
      List<Handler> handlers) {
    this.name = name;
    this.member = member;
    this.range = range;
    this.failures = failures;
    this.handlers = List.copyOf(handlers);
    failures.register(name);
    this.stream = member.watches().open(this::accept);
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private boolean accept(List<Notice> given) {
    for (Notice notice : given) {
      if (notice instanceof Notice.Events events) {
        waitingBytes.addAndGet(bytes(events));
      }
      notices.add(notice);
    }
    if (waitingBytes.get() < WAITING_BYTES_MAX) {
      return true;
    }
    paused.set(true);
    // The handlers may have caught up just now, and would not look again.
    return waitingBytes.get() < WAITING_BYTES_MAX && paused.compareAndSet(true, false);
  }

  private static long bytes(Notice.Events events) {
    long bytes = 0;
    for (WatchEvent event : events.events()) {
      KeyValue previous = event.previous();
      bytes +=
          CHANGE_BYTES
              + event.current().value().size()
              + (previous == null ? 0 : previous.value().size());
    }
    return bytes;
  }

  private void run() {
    try {
      tellAll();
      while (!closed) {
        handle(notices.take());
        if (waitingBytes.get() < WAITING_BYTES_MAX && paused.compareAndSet(true, false)) {
          stream.resume();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Notice notice) {
    switch (notice) {
      case Notice.Events events -> {
        waitingBytes.addAndGet(-bytes(events));
        if (events.watchId() == watchId) {
          events.events().forEach(event -> each(handler -> handler.changed(event)));
        }
      }
      case Notice.Compacted compacted -> {
        if (compacted.watchId() == watchId) {
          tellAll();
        }
      }
      case Notice.Created _, Notice.Progress _ -> {}
    }
  }

  private void tellAll() {
    StoreView view = member.view();
    each(Handler::replacing);
    view.scan(RangeRequest.of(range), kv -> isTold(kv));
    each(Handler::replaced);
    watchId++;
    stream.create(watchId, new WatchHub.Spec(range, view.revision() + 1, true, true, true, false));
  }

  private boolean isTold(KeyValue kv) {
    each(handler -> handler.present(kv));
    return !closed;
  }

  /// A step of one handler.
  @FunctionalInterface
  private interface Step {
    void with(Handler handler);
  }

  /// A handler that fails at one change goes on with the next, and keeps the others from nothing.
  private void each(Step step) {
    for (Handler handler : handlers) {
      try {
        step.with(handler);
      } catch (RuntimeException | StackOverflowError failed) {
        failures.add(name, "a change", failed);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
    notices.add(new Notice.Progress(-1, 0));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
