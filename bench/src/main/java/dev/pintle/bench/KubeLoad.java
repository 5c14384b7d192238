package dev.pintle.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The same request of the Kubernetes API many times over, with TLS and JSON.
///
/// @param body sent as a POST; empty for a GET
/// @param present objects made before the load, each a POST of `presentBody` to `presentPath`
record KubeLoad(
    String name,
    double barRatio,
    String path,
    String body,
    Present present,
    int connections,
    int streams,
    long requests,
    long warmUpRequests)
    implements Case {

  /// Objects that must be there: `count` posts of `body` to `path`.
  record Present(String path, String body, int count) {
    static final Present NOTHING = new Present("", "", 0);
  }

  @Override
  public void prepare(Contender contender) throws IOException, InterruptedException {
    if (present.count() > 0) {
      request(contender, present.path(), present.body(), 1, 4).withRequests(present.count()).run();
    }
  }

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    load(contender, warmUpRequests);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    List<Long> pids = contender.kubePids();
    Usage before = Usage.of(pids);
    H2Load.Outcome outcome = load(contender, requests);
    return Results.between(before, Usage.of(pids), outcome);
  }

  private H2Load.Outcome load(Contender contender, long count)
      throws IOException, InterruptedException {
    return request(contender, path, body, connections, streams).withRequests(count).run();
  }

  private static H2Load request(
      Contender contender, String path, String body, int connections, int streams) {
    return new H2Load(
        contender.kube() + path,
        connections,
        streams,
        0,
        List.of(
            "authorization: Bearer " + contender.token(),
            "content-type: application/json",
            "accept: application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
