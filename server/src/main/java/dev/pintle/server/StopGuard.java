package dev.pintle.server;

import dev.pintle.server.failure.ExitCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The end of a process that was told to stop and does not come to an end: whatever is stuck, its stack is written down
/// and the process halts. What was acknowledged is on disk by then.
///
/// It is a thread of its own, started before there is anything that could be stuck.
final class StopGuard {
  static final Duration STOP_MAX = Duration.ofSeconds(12);
  private static final long WRITE_MILLIS = 1000;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Duration stopMax;

  private StopGuard(Duration stopMax) {
    this.stopMax = stopMax;
  }

  static StopGuard start(Duration stopMax) {
    StopGuard guard = new StopGuard(stopMax);
    Thread.ofPlatform().daemon().name("stop-guard").start(guard::watch);
    return guard;
  }

  /// From now on the time counts.
  void stopBegins() {
    stopping.countDown();
  }

  private void watch() {
    try {
      stopping.await();
      TimeUnit.NANOSECONDS.sleep(stopMax.toNanos());
      // whoever reads the log may be stuck as well
      Thread writer = Thread.ofPlatform().daemon().name("stop-report").start(this::report);
      writer.join(WRITE_MILLIS);
    } catch (InterruptedException | RuntimeException | Error noMatter) {
      // it ends all the same
    } finally {
      Runtime.getRuntime().halt(ExitCode.STUCK.number());
    }
  }

  private void report() {
    StringBuilder text = new StringBuilder();
    text.append(
        "pintle: stopping took longer than %d s; what was acknowledged is kept; the threads that were at work:\n"
            .formatted(stopMax.toSeconds()));
    Thread.getAllStackTraces().entrySet().stream()
        .filter(StopGuard::isAtWork)
        .forEach(thread -> text.append(describe(thread.getKey(), thread.getValue())));
    System.err.print(text);
    System.err.flush();
  }

  /// Ours, or busy with something of ours.
  private static boolean isAtWork(Map.Entry<Thread, StackTraceElement[]> thread) {
    String name = thread.getKey().getName();
    return !name.startsWith("stop-")
        && (name.startsWith("wire-")
            || Arrays.stream(thread.getValue())
                .anyMatch(frame -> frame.getClassName().startsWith("dev.pintle.")));
  }

  static String describe(Thread thread, StackTraceElement[] stack) {
    return "\"%s\" %s\n".formatted(thread.getName(), thread.getState())
        + Arrays.stream(stack).map(frame -> "    at " + frame + "\n").collect(Collectors.joining());
  }
}
