package dev.pintle.bench;

import java.io.IOException;
import java.util.List;

/// A read over a store of a million keys, one at a time. The contenders differ by orders of magnitude, so the number of
/// requests grows until the CPU spent can be read from a clock that ticks every 10 ms.
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record LargeRead(String name, double barRatio, byte[] message) implements Case {
  private static final int REQUESTS_AT_FIRST = 20;
  private static final int REQUESTS_MAX = 200_000;
  private static final long CPU_MICROS_MIN = 500_000;

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    run(contender);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    for (long requests = REQUESTS_AT_FIRST; ; requests *= 4) {
      List<Long> pids = contender.etcdPids();
      Usage before = Usage.of(pids);
      H2Load.Outcome outcome =
          H2Load.grpc(contender.etcd(), EtcdCalls.RANGE, 1, 1, message)
              .withRequests(requests)
              .run();
      Result result = Results.between(before, Usage.of(pids), outcome);
      if (result.cpuMicros() >= CPU_MICROS_MIN || requests * 4 > REQUESTS_MAX) {
        return result;
      }
    }
  }
}
