package dev.pintle.bench.embedded;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// The first thing that somebody does with a server: a ConfigMap that is made and read back, by a client that was there before the server.
public final class OneConfigMap {
  private static final HttpClient CLIENT = Https.trustingAnyone();
  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  private OneConfigMap() {}

  /// @param server `https://host:port`
  /// @param token of an administrator
  public static void createAndRead(String server, String token, String name)
      throws IOException, InterruptedException {
    String body =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"value"}}\
        """
            .formatted(name);
    send(
        request(server, token, PATH)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        201);
    send(request(server, token, PATH + "/" + name).build(), 200);
  }

  private static HttpRequest.Builder request(String server, String token, String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("authorization", "Bearer " + token);
  }

  private static void send(HttpRequest request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    if (response.statusCode() != expected) {
      throw new IOException(
          "%s: %d %s (expected: %d)"
              .formatted(request.uri(), response.statusCode(), response.body(), expected));
    }
  }
}
