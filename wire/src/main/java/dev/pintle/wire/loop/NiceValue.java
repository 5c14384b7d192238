package dev.pintle.wire.loop;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The nice value of a thread, by Linux's `setpriority(2)`, which the JVM's own priorities do not reach. Where there is no such call,
/// threads keep the priority that they have.
public final class NiceValue {
  /// For work that may wait: a tenth of a processor that everybody wants, all of it when nobody does (`sched(7)`: each step is a quarter).
  public static final int BACKGROUND = 10;

  private static final int PRIO_PROCESS = 0;

  /// On Linux, of the thread that asks.
  private static final int CALLER = 0;

  private NiceValue() {}

  /// Gives the calling thread a nice value, which the threads that it starts inherit; only a larger one than it has needs no right.
  public static void ofThisThread(int nice) {
    ofThread(CALLER, nice);
  }

  /// Gives a thread of this process a nice value, as [#ofThisThread].
  ///
  /// @param thread what `/proc/self/task` calls it
  @SuppressWarnings("restricted") // the launcher grants it
  public static void ofThread(int thread, int nice) {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("setpriority");
    if (function.isEmpty()) {
      return;
    }
    MethodHandle setPriority =
        linker.downcallHandle(
            function.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    try {
      var _ = (int) setPriority.invokeExact(PRIO_PROCESS, thread, nice);
    } catch (Throwable impossible) {
      throw new IllegalStateException("setpriority", impossible);
    }
  }
}
