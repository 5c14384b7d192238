package dev.pintle.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The care that gives memory back to the machine once a rush is over: the heap that was grown for it, and what the C library kept of it.
/// The collector alone would look for old garbage, and so give back, only when there is more to do again. What the compiler took for the
/// first minute is given back in that minute. A server in which nothing grew costs nothing by it later. It is of a process that serves and
/// does nothing else: it collects the whole heap, whoever else lives there.
final class MemoryCare implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MemoryCare.class.getName());

  private static final String FREE_MIN = "MinHeapFreeRatio";
  private static final String FREE_MAX = "MaxHeapFreeRatio";
  private static final String FREE_PERCENT_MIN = "5";
  private static final String FREE_PERCENT_MAX = "15";

  /// A larger heap is left to the collector's own cycles, which stop nobody for long and give back less, and later.
  private static final long USED_BYTES_MAX = 512L << 20;

  private static final Duration ROUND = Duration.ofSeconds(5);

  /// So long the program is compiled after its start. What that takes is free again soon, and the C library keeps it: a tenth of all that
  /// an idle server has.
  private static final int START_ROUNDS = 12;

  private static final int ROUNDS_BETWEEN_TRIMS = 3;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("memory-care").factory());
  private final Calm calm = new Calm();
  private int rounds;

  private MemoryCare() {}

  static MemoryCare start() {
    MemoryCare care = new MemoryCare();
    var _ =
        care.timer.scheduleWithFixedDelay(
            care::look, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    return care;
  }

  private void look() {
    try {
      lookOrFail();
    } catch (RuntimeException failed) {
      // The program goes on as well without it.
      LOG.log(System.Logger.Level.WARNING, "memory could not be given back", failed);
    }
  }

  private void lookOrFail() {
    if (rounds < START_ROUNDS && ++rounds % ROUNDS_BETWEEN_TRIMS == 0) {
      trimLibrary();
    }
    Runtime now = Runtime.getRuntime();
    boolean small = now.totalMemory() - now.freeMemory() <= USED_BYTES_MAX;
    if (calm.isTimeToGiveBack(now.totalMemory(), collections()) && small) {
      giveBack();
      calm.gaveBack(Runtime.getRuntime().totalMemory(), collections());
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /// One whole collection: what a rush leaves is spread over the heap, and a cycle beside traffic frees no region in which anything lives.
  /// It stops everybody for about a millisecond for each megabyte that lives. The collector is told for this collection only to make the
  /// heap as small as that: under load it is to stay as it is.
  private static void giveBack() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String min = jvm.getVMOption(FREE_MIN).getValue();
    String max = jvm.getVMOption(FREE_MAX).getValue();
    jvm.setVMOption(FREE_MIN, FREE_PERCENT_MIN);
    jvm.setVMOption(FREE_MAX, FREE_PERCENT_MAX);
    try {
      System.gc();
    } finally {
      jvm.setVMOption(FREE_MAX, max);
      jvm.setVMOption(FREE_MIN, min);
    }
    trimLibrary();
  }

  private static void trimLibrary() {
    Optional<MethodHandle> trim = trim();
    if (trim.isEmpty()) {
      return;
    }
    try {
      var _ = (int) trim.get().invokeExact(0L);
    } catch (Throwable impossible) {
      throw new IllegalStateException("malloc_trim", impossible);
    }
  }

  /// Only glibc has it.
  @SuppressWarnings("restricted") // the launcher allows it
  private static Optional<MethodHandle> trim() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("malloc_trim")
        .map(symbol ->
            linker.downcallHandle(
                symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// The judgement when a rush is over: the heap has grown by half, and little is collected any more. Then it is time to give back, and again
  /// after a while, since what ends with a rush does not end at once.
  static final class Calm {
    private static final long GROWTH_BYTES_MIN = 48L << 20;

    /// A young generation is 48 MB: this many a round are about 20 MB a second.
    private static final long COLLECTIONS_MAX = 2;

    private static final int TIMES = 2;
    private static final int ROUNDS_BETWEEN = 3;

    private long lowestBytes = Long.MAX_VALUE;
    private long collections;
    private int timesLeft;
    private int roundsLeft;

    /// Asked once a round.
    ///
    /// @param heapBytes what the heap has of the machine
    /// @param collected how many collections there were since the start
    boolean isTimeToGiveBack(long heapBytes, long collected) {
      long now = collected - collections;
      collections = collected;
      if (heapBytes - lowestBytes >= Math.max(GROWTH_BYTES_MIN, lowestBytes / 2)) {
        timesLeft = TIMES;
        roundsLeft = 0;
      }
      lowestBytes = timesLeft == 0 ? Math.min(lowestBytes, heapBytes) : heapBytes;
      if (timesLeft == 0 || now > COLLECTIONS_MAX || roundsLeft-- > 0) {
        return false;
      }
      timesLeft--;
      roundsLeft = ROUNDS_BETWEEN;
      return true;
    }

    /// What is still there now may stay.
    void gaveBack(long heapBytes, long collected) {
      lowestBytes = heapBytes;
      collections = collected;
    }
  }
}
