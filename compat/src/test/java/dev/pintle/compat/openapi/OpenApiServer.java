package dev.pintle.compat.openapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// One of the two servers, asked for its documents.
record OpenApiServer(String base, String token, HttpClient client) {
  static final String JSON = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIME_MAX = Duration.ofSeconds(30);
  private static final Duration PUBLISHED_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  HttpResponse<byte[]> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode document(String path) throws IOException, InterruptedException {
    return MAPPER.readTree(get(path, Map.of("Accept", JSON)).body());
  }

  /// The address of each document by its path.
  Map<String, String> index() throws IOException, InterruptedException {
    Map<String, String> index = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : document("/openapi/v3").path("paths").properties()) {
      index.put(each.getKey(), each.getValue().path("serverRelativeURL").asString());
    }
    return index;
  }

  int define(String definition) throws IOException, InterruptedException {
    HttpRequest request =
        request("/apis/apiextensions.k8s.io/v1/customresourcedefinitions")
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString(definition))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
  }

  /// Waits until both documents tell of a definition; the real server writes them some time after it serves it.
  void awaitPublished(String path, String definition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PUBLISHED_MAX.toNanos();
    while (!isPublished(path, definition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s of %s: not published within %s".formatted(definition, base, PUBLISHED_MAX));
      }
      new CountDownLatch(1).await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean isPublished(String path, String definition)
      throws IOException, InterruptedException {
    String address = index().get(path);
    return address != null
        && document(address).path("components").path("schemas").has(definition)
        && document("/openapi/v2").path("definitions").has(definition);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(TIME_MAX)
        .header("Authorization", "Bearer " + token);
  }
}
