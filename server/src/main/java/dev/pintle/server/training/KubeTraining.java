package dev.pintle.server.training;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/// The training over TLS: creates, gets, lists, patches, deletes and discovery.
final class KubeTraining implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final int ROUNDS = 20;
  private static final int AT_ONCE = 16;

  private final URI server;
  private final HttpClient client;

  private KubeTraining(URI server, SSLContext tls) {
    this.server = server;
    this.client = HttpClient.newBuilder().sslContext(tls).build();
  }

  /// @param tls the administrator's
  static void play(URI server, SSLContext tls) {
    try (KubeTraining training = new KubeTraining(server, tls)) {
      training.play();
    }
  }

  private void play() {
    for (String path :
        List.of(
            "/readyz", "/version", "/api", "/apis", "/api/v1", "/openapi/v3", "/apis/batch/v1")) {
      send("GET", path, "", 1);
    }
    for (int round = 0; round < ROUNDS; round++) {
      send("POST", CONFIG_MAPS, configMap(), AT_ONCE);
      send("POST", JOBS, job(), AT_ONCE);
      send("GET", "/api/v1/namespaces/default", "", AT_ONCE);
      send("GET", JOBS + "?limit=50", "", 2);
      send("GET", "/api/v1/namespaces", "", 2);
    }
    send("DELETE", CONFIG_MAPS, "", 1);
    send("DELETE", JOBS + "?propagationPolicy=Background", "", 1);
  }

  /// The answers' codes are not looked at: that a request was worked on is enough here.
  private void send(String method, String path, String body, int count) {
    List<CompletableFuture<HttpResponse<byte[]>>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(path))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build();
      running.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    running.forEach(CompletableFuture::join);
  }

  private static String configMap() {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"training-"},"data":{"key":"value"}}\
    """;
  }

  private static String job() {
    return """
    {"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"training-","labels":{"app":"training"}},\
    "spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main",\
    "image":"example/image:1","command":["run"],"env":[{"name":"A","value":"b"}],\
    "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}}}\
    """;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
