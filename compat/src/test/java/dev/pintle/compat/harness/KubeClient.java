package dev.pintle.compat.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Plain requests to the Kubernetes API, as its kubeconfig lets a client send them.
public final class KubeClient implements AutoCloseable {
  public static final Duration TIME_MAX = Duration.ofSeconds(20);
  public static final String JSON = "application/json";
  public static final String MERGE = "application/merge-patch+json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http;
  private final String base;
  private final String token;

  /// An answer as it came back.
  public record Answer(int code, String text) {
    public JsonNode json() {
      return MAPPER.readTree(text);
    }

    public String message() {
      return json().path("message").asString("");
    }
  }

  private KubeClient(HttpClient http, String base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /// Identified by its token.
  public static KubeClient of(RunningPintle pintle) {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    return new KubeClient(http(config, false), config.server(), config.token());
  }

  /// Identified by its certificate alone.
  public static KubeClient byCertificate(RunningPintle pintle) {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    return new KubeClient(http(config, true), config.server(), "");
  }

  /// Not identified.
  public static KubeClient anonymous(RunningPintle pintle) {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    return new KubeClient(http(config, false), config.server(), "");
  }

  /// Of a server that is not ours.
  public static KubeClient of(String base, String token, SSLContext tls) {
    return new KubeClient(http(tls), base, token);
  }

  private static HttpClient http(Kubeconfig config, boolean identified) {
    return http(config.tls(identified));
  }

  private static HttpClient http(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer post(String path, String body) {
    return send("POST", path, JSON, body);
  }

  public Answer send(String method, String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(request.toString(), e);
    }
  }

  /// Sends a request whose answer nobody waits for yet.
  public CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// A connection of its own, and the head of a request on it, whose body is the caller's to send.
  ///
  /// @param lines more headers, each ended by CR LF
  public Socket begin(String method, String path, String lines) throws IOException {
    URI server = URI.create(base);
    Socket socket =
        http.sslContext().getSocketFactory().createSocket(server.getHost(), server.getPort());
    socket.setSoTimeout((int) TIME_MAX.toMillis());
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(method, path, server.getAuthority(), token, lines);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /// A request that is authorized and has a time limit.
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIME_MAX);
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  /// A WebSocket, once it is open.
  ///
  /// @param origin the page that it is opened for
  public CompletableFuture<WebSocket> socket(
      String path, String origin, String accept, WebSocket.Listener listener) {
    WebSocket.Builder builder =
        http.newWebSocketBuilder()
            .connectTimeout(TIME_MAX)
            .header("Origin", origin)
            .header("Accept", accept);
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder.buildAsync(URI.create(base.replace("https:", "wss:") + path), listener);
  }

  /// The URL of the server.
  public String base() {
    return base;
  }

  /// The body of an answer as it comes.
  public InputStream open(String path, String accept) {
    HttpRequest request = request(path).header("Accept", accept).build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + ": " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
