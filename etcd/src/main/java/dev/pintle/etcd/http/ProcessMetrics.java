package dev.pintle.etcd.http;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// The process' own figures, under the names every Prometheus client library uses. What the system does not tell is left out.
final class ProcessMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private ProcessMetrics() {}

  static void write(Exposition out) {
    ProcessHandle.Info info = ProcessHandle.current().info();
    info.totalCpuDuration()
        .map(Duration::toNanos)
        .ifPresent(nanos ->
            out.seconds(
                "process_cpu_seconds_total",
                "Total user and system CPU time spent in seconds.",
                nanos / NANOS_PER_SECOND));
    info.startInstant()
        .map(Instant::getEpochSecond)
        .ifPresent(second ->
            out.gauge(
                "process_start_time_seconds",
                "Start time of the process since unix epoch in seconds.",
                second));
    memory(out);
    files(out);
    network(out);
  }

  private static void memory(Exposition out) {
    gauge(
        out,
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        ProcessFiles.memoryBytes("VmRSS"));
    gauge(
        out,
        "process_virtual_memory_bytes",
        "Virtual memory size in bytes.",
        ProcessFiles.memoryBytes("VmSize"));
    gauge(
        out,
        "process_virtual_memory_max_bytes",
        "Maximum amount of virtual memory available in bytes.",
        ProcessFiles.addressBytesMax());
  }

  private static void files(Exposition out) {
    OptionalLong open = ProcessFiles.filesOpen();
    OptionalLong max = ProcessFiles.filesMax();
    gauge(out, "process_open_fds", "Number of open file descriptors.", open);
    gauge(out, "process_max_fds", "Maximum number of open file descriptors.", max);
    gauge(out, "os_fd_used", "The number of used file descriptors.", open);
    gauge(out, "os_fd_limit", "The file descriptor limit.", max);
  }

  private static void network(Exposition out) {
    counter(
        out,
        "process_network_receive_bytes_total",
        "Number of bytes received by the process over the network.",
        ProcessFiles.networkBytes("InOctets"));
    counter(
        out,
        "process_network_transmit_bytes_total",
        "Number of bytes sent by the process over the network.",
        ProcessFiles.networkBytes("OutOctets"));
  }

  private static void gauge(Exposition out, String name, String help, OptionalLong value) {
    value.ifPresent(told -> out.gauge(name, help, told));
  }

  private static void counter(Exposition out, String name, String help, OptionalLong value) {
    value.ifPresent(told -> out.counter(name, help, told));
  }
}
