package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The use of processor, memory and disk by processes, read from `/proc`.
///
/// @param cpuMicros user and system time since they started, µs; a tick of the kernel is 10 ms
/// @param residentBytes resident memory now
record Usage(long cpuMicros, long residentBytes) {
  private static final long MICROS_PER_TICK = 10_000;
  private static final int USER_TICKS_FIELD = 11; // counted after the command name, proc(5)

  static Usage of(List<Long> pids) throws IOException {
    long cpu = 0;
    long resident = 0;
    for (long pid : pids) {
      cpu += cpuMicros(pid);
      resident += residentBytes(pid);
    }
    return new Usage(cpu, resident);
  }

  private static long cpuMicros(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TICKS_FIELD]) + Long.parseLong(fields[USER_TICKS_FIELD + 1]))
        * MICROS_PER_TICK;
  }

  private static long residentBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("/proc/" + pid + "/status: no VmRSS (expected: a running process)");
  }
}
