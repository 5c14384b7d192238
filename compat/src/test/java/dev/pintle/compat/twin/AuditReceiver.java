package dev.pintle.compat.twin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A webhook for audit events, which keeps what each server posts under a path of its own.
final class AuditReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Map<String, List<ObjectNode>> events = new ConcurrentHashMap<>();
  private final Map<String, String> heads = new ConcurrentHashMap<>();

  AuditReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String of = exchange.getRequestURI().getPath();
      JsonNode list = JSON.readTree(exchange.getRequestBody().readAllBytes());
      lock.lock();
      try {
        heads.put(
            of,
            "%s %s %s metadata=%s %s"
                .formatted(
                    exchange.getRequestMethod(),
                    list.path("kind").asString(),
                    list.path("apiVersion").asString(),
                    list.path("metadata"),
                    exchange.getRequestHeaders().getFirst("Content-Type")));
        List<ObjectNode> kept = events.computeIfAbsent(of, _ -> new ArrayList<>());
        list.path("items").forEach(item -> kept.add((ObjectNode) item));
        more.signalAll();
      } finally {
        lock.unlock();
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /// Writes a kubeconfig that names it, as a path of this name.
  Path kubeconfig(Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".kubeconfig");
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d/%s"}}]
        users: [{name: u, user: {}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(server.getAddress().getPort(), name));
  }

  /// Waits until what was posted is enough.
  void await(String name, Predicate<List<ObjectNode>> enough, Duration most)
      throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!enough.test(of(name))) {
        if (left <= 0) {
          throw new AssertionError(
              "%s: %d events within %s (expected: more)".formatted(name, of(name).size(), most));
        }
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// What was posted so far, in the order in which it came.
  List<ObjectNode> of(String name) {
    lock.lock();
    try {
      return List.copyOf(events.getOrDefault("/" + name, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /// How it was posted.
  String head(String name) {
    return heads.getOrDefault("/" + name, "nothing");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
