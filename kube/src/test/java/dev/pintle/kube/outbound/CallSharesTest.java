package dev.pintle.kube.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What servers that dawdle, and names that nobody knows, take from the calls of others.
final class CallSharesTest {
  private static final HookAuthority AUTHORITY = new HookAuthority("shares");
  private static final Bytes BUNDLE = Bytes.wrap(Base64.getDecoder().decode(AUTHORITY.bundle()));
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final JsonObject EMPTY = new JsonObject();

  private final ScheduledExecutorService timers = new ScheduledThreadPoolExecutor(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final HookServer dawdling = new HookServer(AUTHORITY, (_, _) -> await());
  private final HookServer quick =
      new HookServer(AUTHORITY, (_, out) -> HookServer.answer(out, "{}"));

  @AfterEach
  void close() {
    over.countDown();
    dawdling.close();
    quick.close();
    threads.shutdownNow();
    timers.shutdownNow();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static OutboundLimits limits(int calls, long bytes) {
    return new OutboundLimits(calls, bytes, 1 << 20, 1 << 16, 10, 5, Duration.ofSeconds(30));
  }

  private static OutboundTarget target(OutboundClient client, String host, int port)
      throws OutboundException {
    return new OutboundTarget(
        List.of(new Place(host, port)),
        "127.0.0.1",
        host + ":" + port,
        "/x",
        client.trust(BUNDLE),
        false);
  }

  private static OutboundTarget target(OutboundClient client, HookServer server)
      throws OutboundException {
    return target(client, "127.0.0.1", server.port());
  }

  private static InetAddress[] unknown(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  private static OutboundReply post(
      OutboundClient client, OutboundTarget target, JsonObject body, Duration allowed)
      throws OutboundException {
    return client.post(target, body, ANSWER_BYTES_MAX, allowed, LONG, reply -> reply);
  }

  private List<Future<OutboundReply>> many(
      int count, OutboundClient client, OutboundTarget target, JsonObject body) throws Exception {
    CountDownLatch begun = new CountDownLatch(count);
    List<Future<OutboundReply>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(
          threads.submit(() -> {
            begun.countDown();
            return post(client, target, body, LONG);
          }));
    }
    begun.await();
    return calls;
  }

  @Test
  void aServerThatDawdlesTakesNoMoreThanItsShareOfTheCalls() throws Exception {
    try (OutboundClient client = new OutboundClient(limits(16, 1 << 20), timers)) {
      List<Future<OutboundReply>> held = many(40, client, target(client, dawdling), EMPTY);
      while (dawdling.received().size() < 2) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 50; i++) {
        assertThat(post(client, target(client, quick), EMPTY, LONG).code()).isEqualTo(200);
      }
      assertThat(dawdling.received()).hasSize(2);
      over.countDown();
      dawdling.close();
      assertThat(held).isNotEmpty();
    }
  }

  @Test
  void aSmallReviewDoesNotWaitBehindALargeOne() throws Exception {
    try (OutboundClient client = new OutboundClient(limits(100, 1 << 20), timers)) {
      JsonObject large = new JsonObject().set("a", "x".repeat(1 << 20));
      many(2, client, target(client, dawdling), large);
      while (dawdling.received().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(post(client, target(client, quick), EMPTY, LONG).code()).isEqualTo(200);
    }
  }

  @Test
  void aNameThatIsNotFoundHoldsUpNoOther() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    try (OutboundClient client =
        new OutboundClient(
            limits(1_000, 1 << 20),
            timers,
            host -> {
              if (host.equals("quick.example.com")) {
                return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
              }
              looked.countDown();
              await();
              return unknown(host);
            })) {
      many(60, client, target(client, "dead.example.com", 443), EMPTY);
      looked.await();
      assertThat(
              post(client, target(client, "quick.example.com", quick.port()), EMPTY, LONG).code())
          .isEqualTo(200);
    }
  }

  @Test
  void aNameThatTakesLongSaysNothingOfTheServer() throws Exception {
    try (OutboundClient client =
        new OutboundClient(
            limits(1_000, 1 << 20),
            timers,
            host -> {
              await();
              return unknown(host);
            })) {
      Duration shortly = Duration.ofMillis(10);
      OutboundTarget dead = target(client, "dead.example.com", 443);
      for (int i = 0; i < 2 * CircuitBreaker.LATE_MAX; i++) {
        assertThatThrownBy(() -> post(client, dead, EMPTY, shortly))
            .hasMessageEndingWith("context deadline exceeded");
      }
      assertThat(client.metrics())
          .contains("pintle_outbound_breaker_open{target=\"dead.example.com:443/x\"} 0\n");
    }
  }

  @Test
  void aNameThatNobodyWaitsForAnyMoreIsNotLookedUp() throws Exception {
    List<String> looked = new CopyOnWriteArrayList<>();
    try (HostLookup lookup =
        new HostLookup(host -> {
          looked.add(host);
          if (host.startsWith("dead")) {
            await();
          }
          return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
        })) {
      List<Future<List<InetAddress>>> held = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String host = "dead" + i;
        held.add(threads.submit(() -> lookup.find(host, LONG.toNanos())));
      }
      while (looked.size() < held.size()) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> lookup.find("gone", 1_000_000))
          .hasMessageEndingWith("context deadline exceeded");
      Future<List<InetAddress>> waits = threads.submit(() -> lookup.find("late", LONG.toNanos()));
      over.countDown();
      assertThat(waits.get()).hasSize(1);
      assertThat(looked).contains("late").doesNotContain("gone");
    }
  }

  @Test
  void aBundleThatIsNoneIsReadOnce() throws Exception {
    try (OutboundClient client = new OutboundClient(limits(16, 1 << 20), timers)) {
      Throwable first = catchThrowable(() -> client.trust(Bytes.utf8("none")));
      assertThat(first).isInstanceOf(OutboundException.class);
      assertThatThrownBy(() -> client.trust(Bytes.utf8("none"))).isSameAs(first);
    }
  }
}
