package dev.pintle.compat.access;

import dev.pintle.compat.twin.TrustAnyone;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// One of the two servers, as every caller sees it.
final class Server implements AutoCloseable {
  private static final Duration TIME_MAX = Duration.ofSeconds(20);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";

  private final String base;
  private final String adminToken;
  private final HttpClient client = TrustAnyone.client();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  Server(String base, String adminToken) {
    this.base = base;
    this.adminToken = adminToken;
  }

  Verdict ask(Probe probe) throws InterruptedException {
    HttpRequest.Builder request = request(probe.method(), probe.path(), probe.body());
    if (!probe.contentType().isEmpty()) {
      request.header("Content-Type", probe.contentType());
    }
    identify(request, probe.caller());
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return verdict(answer, probe.path().contains("watch"));
    } catch (IOException e) {
      return Verdict.none(e);
    }
  }

  /// @param watch whether the answer may have no end
  private static Verdict verdict(HttpResponse<InputStream> answer, boolean watch)
      throws IOException {
    try (InputStream body = answer.body()) {
      String type = answer.headers().firstValue("content-type").orElse("");
      boolean endless = watch && answer.statusCode() == 200;
      String text = endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return Verdict.of(answer.statusCode(), type, text);
    }
  }

  private void identify(HttpRequest.Builder request, Caller caller) {
    switch (caller.kind()) {
      case ADMIN -> request.header("Authorization", "Bearer " + adminToken);
      case ACCOUNT -> request.header("Authorization", "Bearer " + tokens.get(caller.account()));
      case WRONG -> request.header("Authorization", "Bearer wrong");
      case ANONYMOUS -> {}
    }
    for (int i = 0; i < caller.headers().size(); i += 2) {
      request.header(caller.headers().get(i), caller.headers().get(i + 1));
    }
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(TIME_MAX)
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }

  /// What the admin is answered, which must be what was hoped for.
  JsonNode admin(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        request(method, path, body)
            .header("Authorization", "Bearer " + adminToken)
            .header("Content-Type", JSON)
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new AssertionError("%s %s: %s".formatted(method, path, answer.body()));
    }
    return MAPPER.readTree(answer.body());
  }

  boolean serves(String path) throws IOException, InterruptedException {
    HttpRequest request =
        request("GET", path, "").header("Authorization", "Bearer " + adminToken).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  /// Gets a token for a service account, which is used from now on.
  void knows(String account) throws IOException, InterruptedException {
    String[] parts = account.split("/", 2);
    String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(parts[0], parts[1]);
    JsonNode token = admin("POST", path, "{\"spec\":{\"expirationSeconds\":3600}}");
    tokens.put(account, token.path("status").path("token").asString(""));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
