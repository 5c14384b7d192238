package dev.pintle.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A program that was told to stop and never comes to an end.
final class StuckStop {
  private StuckStop() {}

  public static void main(String[] arguments) {
    StopGuard guard = StopGuard.start(Duration.ofMillis(200));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> neverEnd(guard), "stop"));
    System.exit(0);
  }

  private static void neverEnd(StopGuard guard) {
    guard.stopBegins();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
