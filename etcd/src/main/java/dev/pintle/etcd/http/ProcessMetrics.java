package dev.pintle.etcd.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/// The process' own figures, under the names every Prometheus client library uses. What the system does not tell is left out.
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BYTES_PER_KB = 1024;

  private ProcessMetrics() {}

  static void write(Exposition out) {
    ProcessHandle.Info info = ProcessHandle.current().info();
    info.totalCpuDuration()
        .map(Duration::toNanos)
        .ifPresent(nanos ->
            out.seconds(
                "process_cpu_seconds_total", "Processor time used.", nanos / NANOS_PER_SECOND));
    info.startInstant()
        .map(Instant::getEpochSecond)
        .ifPresent(
            second -> out.gauge("process_start_time_seconds", "When the process started.", second));
    try {
      memory(out);
      openFiles(out);
    } catch (IOException notTold) {
      // not Linux: the figures are left out
    }
  }

  private static void memory(Exposition out) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmRSS:")) {
        long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
        out.gauge("process_resident_memory_bytes", "Memory resident.", kilobytes * BYTES_PER_KB);
      } else if (line.startsWith("VmSize:")) {
        long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
        out.gauge("process_virtual_memory_bytes", "Memory mapped.", kilobytes * BYTES_PER_KB);
      }
    }
  }

  private static void openFiles(Exposition out) throws IOException {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      out.gauge("process_open_fds", "Files open.", files.count());
    }
  }
}
