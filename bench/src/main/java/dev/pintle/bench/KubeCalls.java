package dev.pintle.bench;

import dev.pintle.bench.client.Https;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Single requests of the Kubernetes API, in JSON, by an administrator: what a load needs to be there.
final class KubeCalls {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String base;
  private final String token;
  private final HttpClient client = Https.trustingAnyone();

  KubeCalls(Contender contender) {
    this(contender.kube(), contender.token());
  }

  /// @param base `https://host:port`
  /// @param token of an administrator
  KubeCalls(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /// A condition on the answer to a request that is made until it holds.
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(path).build());
    if (response.statusCode() != 200) {
      throw unexpected(path, response, 200);
    }
    return response.body();
  }

  /// The lines of an answer as they come; whoever closes them ends the request.
  Stream<String> lines(String path) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        client.send(request(path).build(), BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("%s: %d (expected: 200)".formatted(path, response.statusCode()));
    }
    return response.body();
  }

  int statusOf(String path) throws IOException, InterruptedException {
    return send(request(path).build()).statusCode();
  }

  String post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = sendBody("POST", path, body, "application/json");
    if (response.statusCode() != 201) {
      throw unexpected(path, response, 201);
    }
    return response.body();
  }

  /// The status of a create, whichever it is.
  int statusOfPost(String path, String body) throws IOException, InterruptedException {
    return sendBody("POST", path, body, "application/json").statusCode();
  }

  void mergePatch(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = sendBody("PATCH", path, body, "application/merge-patch+json");
    if (response.statusCode() != 200) {
      throw unexpected(path, response, 200);
    }
  }

  /// The status of a merge patch, whichever it is.
  int statusOfPatch(String path, String body) throws IOException, InterruptedException {
    return sendBody("PATCH", path, body, "application/merge-patch+json").statusCode();
  }

  void delete(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = sendBody("DELETE", path, body, "application/json");
    if (response.statusCode() != 200) {
      throw unexpected(path, response, 200);
    }
  }

  /// Asks again and again until it holds.
  ///
  /// @param what is waited for, to say so when it does not come
  static void await(String what, Condition condition) throws IOException, InterruptedException {
    await(what, LIMIT, condition);
  }

  static void await(String what, Duration limit, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("%s: not so (expected: within %s)".formatted(what, limit));
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private HttpResponse<String> sendBody(String method, String path, String body, String type)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("content-type", type)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .header("authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private static IOException unexpected(String path, HttpResponse<String> response, int expected) {
    return new IOException(
        "%s: %d %s (expected: %d)"
            .formatted(path, response.statusCode(), response.body(), expected));
  }
}
