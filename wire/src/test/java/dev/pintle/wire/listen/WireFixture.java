package dev.pintle.wire.listen;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionLimiter;
import dev.pintle.wire.loop.EventLoops;
import dev.pintle.wire.time.WireClock;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A listener on a free port of the loopback, with event loops of its own.
final class WireFixture implements AutoCloseable {
  /// How long a test waits for what must happen; what takes longer has failed.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  static final HttpHandler HELLO =
      exchange -> {
        String text =
            exchange.head().protocol()
                + " "
                + exchange.head().method()
                + " "
                + exchange.head().target();
        exchange.respond(
            200,
            ResponseHeaders.of("text/plain"),
            ByteBufUtil.writeUtf8(exchange.allocator(), text));
      };

  /// Sends the body back.
  static final HttpHandler MIRROR =
      exchange ->
          exchange.readBody(
              8 << 20,
              body -> exchange.respond(200, ResponseHeaders.of("application/octet-stream"), body),
              () ->
                  exchange.respond(
                      413,
                      ResponseHeaders.of("text/plain"),
                      ByteBufUtil.writeUtf8(exchange.allocator(), "too large")));

  /// A new connection takes a few: it is accepted on one loop, and then registered and read on another.
  private static final int SETTLING_ROUNDS = 20;

  private final EventLoops loops;
  private final WireServer server;
  private final List<WireServer> others = new ArrayList<>();

  private WireFixture(UnaryOperator<ListenerConfig> change, WireClock clock) {
    loops = EventLoops.start(2, clock);
    server = listen(change);
  }

  private WireServer listen(UnaryOperator<ListenerConfig> change) {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return WireServer.listen(loops, change.apply(ListenerConfig.of(anywhere, HELLO)));
    } catch (IOException unbound) {
      throw new UncheckedIOException(unbound);
    }
  }

  static WireFixture with(UnaryOperator<ListenerConfig> change) {
    return new WireFixture(change, WireClock.SYSTEM);
  }

  /// One whose time a test moves.
  static WireFixture with(UnaryOperator<ListenerConfig> change, WireClock clock) {
    return new WireFixture(
        config ->
            change.apply(
                config.withLimiter(
                    new ConnectionLimiter(SharedLimits.ofHeap(), clock, new ShedCounts()))),
        clock);
  }

  /// Returns when the event loops have done what they had to do: what a client has sent before is read, and the timers for it
  /// are set.
  void settle() {
    for (int round = 0; round < SETTLING_ROUNDS; round++) {
      for (Executor loop : loops.executors()) {
        CompletableFuture.runAsync(() -> {}, loop).join();
      }
    }
  }

  /// Does `work` while no event loop does anything, so that it finds all of it at once.
  void whileHeld(Runnable work) {
    CountDownLatch release = new CountDownLatch(1);
    List<CompletableFuture<Void>> held = new ArrayList<>();
    CountDownLatch holding = new CountDownLatch(loops.executors().size());
    for (Executor loop : loops.executors()) {
      held.add(
          CompletableFuture.runAsync(
              () -> {
                holding.countDown();
                await(release);
              },
              loop));
    }
    await(holding);
    try {
      work.run();
    } finally {
      release.countDown();
    }
    held.forEach(CompletableFuture::join);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("an event loop did not come in " + PATIENCE);
      }
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  static WireFixture serving(HttpHandler http) {
    return with(config ->
        new ListenerConfig(
            config.address(),
            config.security(),
            http,
            config.grpc(),
            config.limits(),
            config.limiter()));
  }

  static WireFixture serving(GrpcService grpc) {
    return with(config -> config.withGrpc(grpc));
  }

  static WireFixture serving(HttpHandler http, WireLimits limits) {
    return with(config ->
        new ListenerConfig(
            config.address(),
            config.security(),
            http,
            EchoService.alone(),
            limits,
            config.limiter()));
  }

  static WireFixture serving(GrpcService grpc, WireLimits limits) {
    return with(config -> config.withGrpc(grpc).withLimits(limits));
  }

  /// The port of one more listener on the same event loops, for a client that the limits of the first are not meant for.
  int listenAlso(UnaryOperator<ListenerConfig> change) {
    WireServer other = listen(change);
    others.add(other);
    return other.port();
  }

  WireServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  @Override
  public void close() {
    server.close();
    others.forEach(WireServer::close);
    loops.close();
  }
}
