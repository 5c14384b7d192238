package dev.pintle.bench;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The time from exec to the first answer of both surfaces, and what an idle server holds.
final class Startup {
  private static final int IDLE_SECONDS = 10;

  private Startup() {}

  /// The figures of one start.
  ///
  /// @param millis from before the start until an etcd range and a list of namespaces were answered
  record StartupMeasure(long millis, long idleResidentBytes) {}

  static StartupMeasure measure(Contender.Kind kind, Path data)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Contender contender = kind.start(data)) {
      H2Load.grpc(contender.etcd(), EtcdCalls.RANGE, 1, 1, EtcdCalls.get("a"))
          .withRequests(1)
          .run();
      listNamespaces(contender);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      return new StartupMeasure(millis, Usage.of(contender.kubePids()).residentBytes());
    }
  }

  private static void listNamespaces(Contender contender) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(contender.kube() + "/api/v1/namespaces"))
            .header("authorization", "Bearer " + contender.token())
            .build();
    HttpResponse<String> response =
        Https.trustingAnyone().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s: %d %s (expected: 200)"
              .formatted(request.uri(), response.statusCode(), response.body()));
    }
  }

  /// Starts on the same folder once more: the first start has made keys and warmed the disk.
  static StartupMeasure warm(Contender.Kind kind, Path data)
      throws IOException, InterruptedException {
    Files.createDirectories(data);
    measure(kind, data);
    List<StartupMeasure> rounds =
        List.of(measure(kind, data), measure(kind, data), measure(kind, data));
    return rounds.stream().sorted((a, b) -> Long.compare(a.millis(), b.millis())).toList().get(1);
  }
}
