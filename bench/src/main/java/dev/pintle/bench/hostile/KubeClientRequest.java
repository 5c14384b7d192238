package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A small request to the Kubernetes API over a connection of its own.
final class KubeClientRequest implements ClientRequest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String MAPS = NAMESPACES + "/probe/configmaps";
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private final HttpClient client;
  private final HttpRequest request;
  private final int expected;
  private final String part;

  private KubeClientRequest(HttpRequest request, int expected, String part) {
    this.client = Https.trustingAnyone();
    this.request = request;
    this.expected = expected;
    this.part = part;
  }

  /// Makes the namespace and the object that is read.
  static void prepare(AttackedServer victim) throws IOException, InterruptedException {
    try (HttpClient client = Https.trustingAnyone()) {
      for (HttpRequest request :
          new HttpRequest[] {
            post(victim, NAMESPACES, "{\"metadata\":{\"name\":\"probe\"}}"),
            post(victim, MAPS, "{\"metadata\":{\"name\":\"read\"},\"data\":{\"k\":\"as-it-was\"}}")
          }) {
        int code = client.send(request, BodyHandlers.discarding()).statusCode();
        if (code != 201 && code != 409) {
          throw new IOException("%s: %d (expected: 201)".formatted(request, code));
        }
      }
    }
  }

  static KubeClientRequest reading(AttackedServer victim) {
    return new KubeClientRequest(to(victim, MAPS + "/read").GET().build(), 200, "as-it-was");
  }

  static KubeClientRequest creating(AttackedServer victim) {
    HttpRequest request = post(victim, MAPS, "{\"metadata\":{\"generateName\":\"made-\"}}");
    return new KubeClientRequest(request, 201, "\"name\":\"made-");
  }

  private static HttpRequest post(AttackedServer victim, String path, String body) {
    return to(victim, path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest.Builder to(AttackedServer victim, String path) {
    return HttpRequest.newBuilder(URI.create(victim.kube() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(ANSWER_MAX)
        .header("Authorization", "Bearer " + victim.token());
  }

  @Override
  public void run() throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != expected || !answer.body().contains(part)) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  @Override
  public String toString() {
    return request.method() + " a ConfigMap";
  }
}
