package dev.pintle.objectstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The part of the protocol that the backend speaks, over objects in memory: get, put with conditions, delete. It believes every
/// signature that is of its form, and can lose answers.
final class BucketServer implements AutoCloseable {
  private final Map<String, byte[]> objects = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// Of the requests to come, so many are done and answered with a failure.
  final AtomicInteger answersLost = new AtomicInteger();

  BucketServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The objects that are there.
  Map<String, byte[]> objects() {
    lock.lock();
    try {
      return new HashMap<>(objects);
    } finally {
      lock.unlock();
    }
  }

  void put(String path, byte[] bytes) {
    lock.lock();
    try {
      objects.put(path, bytes);
    } finally {
      lock.unlock();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    lock.lock();
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("authorization");
      if (authorization == null || !authorization.startsWith("AWS4-HMAC-SHA256 Credential=")) {
        answer(exchange, 403, new byte[0]);
        return;
      }
      String path = exchange.getRequestURI().getRawPath();
      int status = act(exchange, path, body);
      byte[] content = objects.getOrDefault(path, new byte[0]);
      if (answersLost.get() > 0 && answersLost.getAndDecrement() > 0) {
        answer(exchange, 503, new byte[0]);
        return;
      }
      boolean got = exchange.getRequestMethod().equals("GET") && status == 200;
      answer(exchange, status, got ? content : new byte[0]);
    } finally {
      lock.unlock();
    }
  }

  private int act(HttpExchange exchange, String path, byte[] body) {
    byte @Nullable [] there = objects.get(path);
    String method = exchange.getRequestMethod();
    if (method.equals("DELETE")) {
      objects.remove(path);
      return 204;
    }
    if (method.equals("PUT")) {
      String match = exchange.getRequestHeaders().getFirst("if-match");
      boolean absent = exchange.getRequestHeaders().getFirst("if-none-match") != null;
      if ((absent && there != null)
          || (match != null && (there == null || !match.equals(tag(there))))) {
        return 412;
      }
      objects.put(path, body);
      exchange.getResponseHeaders().set("etag", tag(body));
      return 200;
    }
    if (there == null) {
      return 404;
    }
    exchange.getResponseHeaders().set("etag", tag(there));
    return 200;
  }

  private static String tag(byte[] bytes) {
    return '"' + RequestSignature.hex(RequestSignature.sha256(bytes)) + '"';
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
