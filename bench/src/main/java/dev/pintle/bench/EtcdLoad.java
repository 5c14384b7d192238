package dev.pintle.bench;

import java.io.IOException;
import java.util.List;

/// The same unary call of etcd's API many times over.
///
/// @param message the request
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record EtcdLoad(
    String name,
    double barRatio,
    String method,
    byte[] message,
    int connections,
    int streams,
    long requests,
    long warmUpRequests)
    implements Case {

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    load(contender, warmUpRequests);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    List<Long> pids = contender.etcdPids();
    Usage before = Usage.of(pids);
    H2Load.Outcome outcome = load(contender, requests);
    return Results.between(before, Usage.of(pids), outcome);
  }

  private H2Load.Outcome load(Contender contender, long count)
      throws IOException, InterruptedException {
    return H2Load.grpc(contender.etcd(), method, connections, streams, message)
        .withRequests(count)
        .run();
  }
}
