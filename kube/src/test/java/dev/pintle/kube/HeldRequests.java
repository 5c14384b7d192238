package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.chain.Stage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The requests of one user, which are kept inside the server until they are released.
final class HeldRequests {
  private static final int SECONDS_MAX = 20;

  private final String user;
  private final CountDownLatch release = new CountDownLatch(1);
  private final LinkedBlockingQueue<String> entered = new LinkedBlockingQueue<>();
  private final AtomicInteger inside = new AtomicInteger();

  HeldRequests(String user) {
    this.user = user;
  }

  /// The stage in which they are kept.
  Stage before(Stage next) {
    return context -> {
      if (context.user().name().equals(user)) {
        inside.incrementAndGet();
        entered.add(context.auditId());
        await();
        inside.decrementAndGet();
      }
      next.handle(context);
    };
  }

  private void await() {
    try {
      assertThat(release.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The audit ids of those that came in, in their order.
  LinkedBlockingQueue<String> entered() {
    return entered;
  }

  /// How many are kept now.
  AtomicInteger inside() {
    return inside;
  }

  /// Lets go on those that are kept and all that follow.
  void release() {
    release.countDown();
  }
}
