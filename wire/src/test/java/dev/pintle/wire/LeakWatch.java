package dev.pintle.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An extension that fails a test class that lost a buffer, or in which a bug was reported to an event loop's thread.
/// Every buffer is followed (`paranoid`), and one that is collected unreleased counts as lost.
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
  private static final Queue<String> LOST = new ConcurrentLinkedQueue<>();
  private static final Queue<Throwable> FAULTS = new ConcurrentLinkedQueue<>();
  private static final int COLLECTIONS = 3;
  private static volatile String context = "";

  /// Held here, because the logging of the JDK forgets loggers that nobody holds.
  private static final Logger NETTY = Logger.getLogger("io.netty");

  static {
    NETTY.setLevel(Level.WARNING);
    System.setProperty("io.netty.leakDetection.level", "paranoid");
    System.setProperty("io.netty.leakDetection.targetRecords", "40");
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> FAULTS.add(fault));
  }

  /// What repeats this class, for the message of whatever it lost or reported.
  public static void repeatedBy(String words) {
    context = words;
  }

  /// Fails if a bug has been reported until now.
  public static void requireNoFault() {
    Throwable fault = FAULTS.poll();
    if (fault != null) {
      throw new AssertionError("a bug was reported " + context, fault);
    }
  }

  /// Faults reported so far, and forgotten with this: for tests that provoke one.
  public static Throwable awaitFault() {
    long giveUp = System.nanoTime() + 10_000_000_000L;
    Throwable fault = FAULTS.poll();
    while (fault == null && System.nanoTime() < giveUp) {
      Thread.onSpinWait();
      fault = FAULTS.poll();
    }
    if (fault == null) {
      throw new AssertionError("no fault was reported");
    }
    return fault;
  }

  @Override
  public void beforeAll(ExtensionContext started) {
    context = "";
  }

  @Override
  public void afterAll(ExtensionContext ended) {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      // What was collected is reported with the next allocation.
      ByteBuf probe = ByteBufAllocator.DEFAULT.buffer(16);
      probe.release();
    }
    requireNoFault();
    String lost = LOST.poll();
    if (lost != null) {
      throw new AssertionError("a buffer was lost " + context + ": " + lost);
    }
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation")
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int interval, long maxActive) {
      return new Recorder<>(resource, interval);
    }
  }

  private static final class Recorder<T> extends ResourceLeakDetector<T> {
    Recorder(Class<?> resource, int interval) {
      super(resource, interval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
      LOST.add(resource + records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
      LOST.add(resource);
    }
  }
}
