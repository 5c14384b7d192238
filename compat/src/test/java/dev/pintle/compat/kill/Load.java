package dev.pintle.compat.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Writers that go on until the server is gone.
final class Load implements AutoCloseable {
  private static final int SECONDS_MAX = 60;

  /// One write and its acknowledgement; throws when the server is gone.
  interface Writer {
    void write(int writer, int number) throws Exception;
  }

  private final List<Thread> threads = new ArrayList<>();
  private final Semaphore written = new Semaphore(0);
  private final ConcurrentLinkedQueue<AssertionError> broken = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended;
  private final int secondsMax;
  private volatile boolean stopping;

  Load(int writers, Writer writer) {
    this(writers, SECONDS_MAX, writer);
  }

  /// @param secondsMax how long [#await] waits at most
  Load(int writers, int secondsMax, Writer writer) {
    this.secondsMax = secondsMax;
    ended = new CountDownLatch(writers);
    for (int i = 0; i < writers; i++) {
      int id = i;
      threads.add(Thread.ofVirtual().start(() -> run(id, writer)));
    }
  }

  private void run(int id, Writer writer) {
    try {
      for (int number = 0; !stopping; number++) {
        writer.write(id, number);
        written.release();
      }
    } catch (AssertionError wrong) {
      broken.add(wrong);
    } catch (Exception serverIsGone) {
      // what was asked last may or may not have happened
    } finally {
      ended.countDown();
    }
  }

  /// Returns once `writes` were acknowledged.
  void await(int writes) throws InterruptedException {
    if (!written.tryAcquire(writes, secondsMax, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "only %d of %d writes acknowledged in %d s"
              .formatted(written.availablePermits(), writes, secondsMax));
    }
  }

  @Override
  public void close() {
    stopping = true;
    threads.forEach(Thread::interrupt);
    requireEnded();
    AssertionError first = broken.poll();
    if (first != null) {
      throw first;
    }
  }

  private void requireEnded() {
    try {
      if (!ended.await(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("writers did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while writers end", e);
    }
  }
}
