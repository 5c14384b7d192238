package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A load of puts by etcd's own `benchmark`, the second opinion beside h2load: 8 connections, 256 clients.
record ToolPuts(
    String name, double barRatio, Path tool, int valueBytes, long requests, long warmUpRequests)
    implements Case {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
  private static final Pattern P50 = Pattern.compile("50% in ([0-9.]+) secs");
  private static final Pattern P99 = Pattern.compile("99% in ([0-9.]+) secs");

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    put(contender, warmUpRequests);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    List<Long> pids = contender.etcdPids();
    Usage before = Usage.of(pids);
    String report = put(contender, requests);
    Usage after = Usage.of(pids);
    return new Result(
        requests,
        after.cpuMicros() - before.cpuMicros(),
        number(RATE, report),
        micros(number(P50, report)),
        micros(number(P99, report)),
        after.residentBytes());
  }

  private String put(Contender contender, long count) throws IOException, InterruptedException {
    return Commands.run(
        LIMIT,
        List.of(
            tool.toString(),
            "--endpoints=" + contender.etcd(),
            "--conns=8",
            "--clients=256",
            "--precise",
            "put",
            "--key-size=8",
            "--val-size=" + valueBytes,
            "--key-space-size=100000",
            "--total=" + count));
  }

  private static long micros(double seconds) {
    return Math.round(seconds * 1e6);
  }

  private static double number(Pattern pattern, String report) throws IOException {
    Matcher matcher = pattern.matcher(report);
    if (!matcher.find()) {
      throw new IOException("benchmark: output without '%s'%n%s".formatted(pattern, report));
    }
    return Double.parseDouble(matcher.group(1));
  }
}
