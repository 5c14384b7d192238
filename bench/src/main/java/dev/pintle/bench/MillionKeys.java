package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The case of a large store: a million keys of 1 KB, what filling them in costs, and what a restart on them takes.
final class MillionKeys {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final int KEYS = 1_000_000;

  private MillionKeys() {}

  record Loaded(double cpuMicrosEach, long residentBytes) {}

  static Loaded load(Contender contender, Path tools) throws IOException, InterruptedException {
    Usage before = Usage.of(contender.etcdPids());
    Commands.run(
        LIMIT,
        List.of(
            tools.resolve("benchmark").toString(),
            "--endpoints=" + contender.etcd(),
            "--conns=8",
            "--clients=256",
            "put",
            "--sequential-keys",
            "--key-size=12",
            "--val-size=1024",
            "--key-space-size=" + KEYS,
            "--total=" + KEYS));
    Usage after = Usage.of(contender.etcdPids());
    return new Loaded(
        (after.cpuMicros() - before.cpuMicros()) / (double) KEYS, after.residentBytes());
  }

  /// The cost of a restart on a full store.
  ///
  /// @param millis from before the start to the first answer of the etcd surface
  record Restarted(Contender contender, long millis, long residentBytes) {}

  static Restarted restart(Contender.Kind kind, Contender running, Path data)
      throws IOException, InterruptedException {
    running.close();
    long start = System.nanoTime();
    Contender again = kind.start(data);
    H2Load.grpc(again.etcd(), EtcdCalls.RANGE, 1, 1, EtcdCalls.get("a")).withRequests(1).run();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Restarted(again, millis, Usage.of(again.etcdPids()).residentBytes());
  }
}
