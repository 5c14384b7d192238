package dev.pintle.kube.intercept;

import dev.pintle.kube.chain.ClientGoneException;
import dev.pintle.wire.Exchange;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The requests that are worked on later, each on a thread of its own that waits.
final class Delays {
  private final Set<CountDownLatch> waiting = ConcurrentHashMap.newKeySet();

  /// Waits, but no longer than the client does, the listener is open, or somebody says.
  ///
  /// @throws ClientGoneException when the client did not wait
  void await(Exchange exchange, Duration by) {
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean gone = new AtomicBoolean();
    waiting.add(over);
    try {
      exchange.onAbort(() -> {
        gone.set(true);
        over.countDown();
      });
      exchange.onDraining(over::countDown);
      var _ = over.await(by.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      gone.set(true);
    } finally {
      waiting.remove(over);
    }
    if (gone.get()) {
      throw new ClientGoneException();
    }
  }

  /// Waits, for as long as nobody says otherwise.
  void await(Duration by) {
    CountDownLatch over = new CountDownLatch(1);
    waiting.add(over);
    try {
      var _ = over.await(by.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.remove(over);
    }
  }

  /// Lets all go on.
  void end() {
    waiting.forEach(CountDownLatch::countDown);
  }
}
