package dev.pintle.kube.worker;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The priority of a thread whose work may wait: on Linux its nice value, by `setpriority(2)`, which the JVM's own priorities do not
/// reach. Where there is no such call, threads keep the priority that they have.
final class BackgroundPriority {
  /// A tenth of the processor when everybody wants it, all of it when nobody does (`sched(7)`: each step is a quarter).
  private static final int NICE = 10;

  private static final int PRIO_PROCESS = 0;

  /// On Linux, of the thread that asks.
  private static final int CALLER = 0;

  private BackgroundPriority() {}

  @SuppressWarnings("restricted") // the launcher grants it
  static void ofThisThread() {
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
      var _ = (int) setPriority.invokeExact(PRIO_PROCESS, CALLER, NICE);
    } catch (Throwable impossible) {
      throw new IllegalStateException("setpriority", impossible);
    }
  }
}
