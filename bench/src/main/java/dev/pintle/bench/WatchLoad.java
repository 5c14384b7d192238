package dev.pintle.bench;

import java.io.IOException;
import java.util.List;

/// A load of puts to one key that many watchers watch; an operation is one event delivered to one watcher.
record WatchLoad(String name, double barRatio, int streams, int watchersPerStream, int puts)
    implements Case {
  private static final int VALUE_BYTES = 256;

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    measure(contender, puts);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    return measure(contender, puts);
  }

  private Result measure(Contender contender, int count) throws IOException, InterruptedException {
    String key = "watched-" + System.nanoTime();
    try (WatchStreams watchers =
        new WatchStreams(contender.etcd(), key, streams, watchersPerStream)) {
      List<Long> pids = contender.etcdPids();
      Usage before = Usage.of(pids);
      long start = System.nanoTime();
      H2Load.grpc(contender.etcd(), EtcdCalls.PUT, 1, 1, EtcdCalls.put(key, VALUE_BYTES))
          .withRequests(count)
          .run();
      long events = (long) count * streams * watchersPerStream;
      watchers.awaitEvents(events);
      double seconds = (System.nanoTime() - start) / 1e9;
      Usage after = Usage.of(pids);
      return new Result(
          events,
          after.cpuMicros() - before.cpuMicros(),
          events / seconds,
          0,
          0,
          after.residentBytes());
    }
  }
}
