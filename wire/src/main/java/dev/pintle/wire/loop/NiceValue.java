package dev.pintle.wire.loop;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The nice value of a thread, by Linux's `setpriority(2)`, which the JVM's own priorities do not reach. Where there is no such call,
/// threads keep the priority that they have.
public final class NiceValue {
  /// For work that may wait: a tenth of a processor that everybody wants, all of it when nobody does (`sched(7)`: each step is a quarter).
  public static final int BACKGROUND = 10;

  /// The largest there is; the system makes any larger one of it.
  static final int MAX = 19;

  private static final int PRIO_PROCESS = 0;

  /// On Linux, of the thread that asks.
  private static final int CALLER = 0;

  private NiceValue() {}

  /// Gives the calling thread, and the threads that it starts, a nice value that is larger by `more` than that of the process: so a
  /// program that was itself started with one keeps the order of its threads. Only a larger one than the thread has needs no right.
  public static void ofThisThread(int more) {
    if (!isKnown()) {
      return;
    }
    MethodHandle set =
        function("setpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      int nice = Math.min(MAX, ofProcess() + more);
      var _ = (int) set.invokeExact(PRIO_PROCESS, CALLER, nice);
    } catch (Throwable impossible) {
      throw new IllegalStateException("setpriority", impossible);
    }
  }

  static boolean isKnown() {
    return System.getProperty("os.name").equals("Linux");
  }

  /// That of the thread by which the process began, which only waits for the others.
  static int ofProcess() {
    MethodHandle get = function("getpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    int first = Math.toIntExact(ProcessHandle.current().pid());
    try {
      return (int) get.invokeExact(PRIO_PROCESS, first);
    } catch (Throwable impossible) {
      throw new IllegalStateException("getpriority", impossible);
    }
  }

  @SuppressWarnings("restricted") // the launcher grants it
  private static MethodHandle function(String name, ValueLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }
}
