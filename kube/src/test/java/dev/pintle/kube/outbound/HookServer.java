package dev.pintle.kube.outbound;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server of webhooks on the loopback, which keeps what it is sent and answers as a test wants: badly, too.
public final class HookServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// A request as it came.
  ///
  /// @param head its lines, as they were sent
  public record Received(String head, String path, JsonObject review) {
    public JsonObject request() {
      return review.objectOrEmpty("request");
    }
  }

  /// What a server makes of a request.
  public interface Behaviour {
    /// Writes the whole answer. The connection goes on afterwards.
    void answer(Received request, OutputStream out) throws IOException;
  }

  /// A server that may be trusted by `authority` under the names `localhost` and `127.0.0.1`.
  public HookServer(HookAuthority authority, Behaviour behaviour) {
    this(
        authority.server(Duration.ofHours(1), "localhost", "127.0.0.1", "hook.default.svc"),
        behaviour);
  }

  /// @param tls null for a server that speaks none
  public HookServer(@Nullable SSLContext tls, Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      InetAddress here = HookAuthority.loopback();
      listener =
          tls == null
              ? new ServerSocket(0, 50, here)
              : tls.getServerSocketFactory().createServerSocket(0, 50, here);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    threads.execute(this::listen);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException _) {
        // It was closed, or the next one is better.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Received request = read(in);
        if (request == null) {
          return;
        }
        received.add(request);
        behaviour.answer(request, socket.getOutputStream());
      }
    } catch (IOException | RuntimeException _) {
      // The peer went, or the behaviour wants the connection to go.
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Received read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int length = 0;
    for (String line = line(in); line != null; line = line(in)) {
      if (line.isEmpty()) {
        byte[] body = in.readNBytes(length);
        Json review = body.length == 0 ? new JsonObject() : JsonReader.read(body);
        String path = head.substring(head.indexOf(" ") + 1).split(" ", 2)[0];
        return new Received(head.toString(), path, (JsonObject) review);
      }
      head.append(line).append('\n');
      String small = line.toLowerCase(Locale.ROOT);
      if (small.startsWith("content-length:")) {
        length = Integer.parseInt(small.substring("content-length:".length()).strip());
      }
    }
    return null;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
      }
      line.write(next);
    }
    return null;
  }

  /// Answers 200 with this body.
  public static void answer(OutputStream out, String body) throws IOException {
    answer(out, 200, "application/json", body);
  }

  public static void answer(OutputStream out, int code, String contentType, String body)
      throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(code, contentType, content.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    out.flush();
  }

  /// A review that answers `request`.
  ///
  /// @param fields of the response, after its uid, as JSON without braces
  public static String review(Received request, String fields) {
    return "{\"apiVersion\":\"%s\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\"%s\",%s}}"
        .formatted(
            request.review().textOrEmpty("apiVersion"),
            request.request().textOrEmpty("uid"),
            fields);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url(String path) {
    return "https://127.0.0.1:" + port() + path;
  }

  /// All that were read to their ends, in order.
  public List<Received> received() {
    return received;
  }

  public int connections() {
    return connections.get();
  }

  /// Ends all connections that there are.
  public void hangUp() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException _) {
        // Then it is closed.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    hangUp();
    threads.shutdownNow();
  }
}
