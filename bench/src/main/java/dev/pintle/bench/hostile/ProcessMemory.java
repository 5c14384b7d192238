package dev.pintle.bench.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The memory of processes, as the system counts it.
final class ProcessMemory {
  private ProcessMemory() {}

  /// Bytes in memory now; 0 when one is gone.
  static long residentBytes(List<Long> pids) {
    return sum(pids, "VmRSS:");
  }

  /// The most bytes that were in memory since [#forgetPeak].
  static long peakBytes(List<Long> pids) {
    return sum(pids, "VmHWM:");
  }

  static void forgetPeak(List<Long> pids) throws IOException {
    for (long pid : pids) {
      Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
    }
  }

  private static long sum(List<Long> pids, String field) {
    long sum = 0;
    for (long pid : pids) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
          sum += line.startsWith(field) ? Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 : 0;
        }
      } catch (IOException gone) {
        return 0;
      }
    }
    return sum;
  }
}
