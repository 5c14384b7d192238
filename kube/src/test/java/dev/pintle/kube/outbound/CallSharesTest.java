package dev.pintle.kube.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.wire.worker.FairLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
  private final FairExecutor turns = new FairExecutor(FairLimits.of(2, 1 << 30));
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
    turns.close();
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
    return client.post(
        target, OutboundBody.of(body), ANSWER_BYTES_MAX, allowed, LONG, reply -> reply);
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
    try (OutboundClient client = new OutboundClient(limits(16, 1 << 20), timers, turns)) {
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
    try (OutboundClient client = new OutboundClient(limits(100, 1 << 20), timers, turns)) {
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
            turns,
            host -> {
              if (host.equals("quick.example.com")) {
                return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
              }
              looked.countDown();
              await();
              return unknown(host);
            },
            System::nanoTime)) {
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
            turns,
            host -> {
              await();
              return unknown(host);
            },
            System::nanoTime)) {
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
    try (OutboundClient client = new OutboundClient(limits(16, 1 << 20), timers, turns)) {
      Throwable first = catchThrowable(() -> client.trust(Bytes.utf8("none")));
      assertThat(first).isInstanceOf(OutboundException.class);
      assertThatThrownBy(() -> client.trust(Bytes.utf8("none"))).isSameAs(first);
    }
  }

  @Test
  void manyServersThatDawdleTogetherLeaveSomethingToOthers() throws Exception {
    List<HookServer> slow =
        Stream.generate(() -> new HookServer(AUTHORITY, (_, _) -> await())).limit(8).toList();
    try (OutboundClient client = new OutboundClient(limits(64, 1 << 20), timers, turns)) {
      for (HookServer each : slow) {
        many(20, client, target(client, each), EMPTY);
      }
      // As many of each as it may have at the least.
      while (slow.stream().anyMatch(each -> each.received().isEmpty())) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 50; i++) {
        assertThat(post(client, target(client, quick), EMPTY, LONG).code()).isEqualTo(200);
      }
    } finally {
      over.countDown();
      slow.forEach(HookServer::close);
    }
  }

  @Test
  void aLargeAnswerIsReadInTheTurnOfTheClient() throws Exception {
    String large = "{\"a\":\"%s\"}".formatted("x".repeat(100_000));
    try (HookServer talkative =
            new HookServer(AUTHORITY, (_, out) -> HookServer.answer(out, large));
        OutboundClient client = new OutboundClient(limits(16, 32 << 20), timers, turns)) {
      assertThat(threads.submit(() -> readBy(client, talkative)).get()).startsWith("kube-bulk-");
      assertThat(threads.submit(() -> readBy(client, quick)).get()).isEmpty();
    }
  }

  /// The name of the thread that takes an answer apart.
  private static String readBy(OutboundClient client, HookServer server) throws OutboundException {
    return client.post(
        target(client, server),
        OutboundBody.of(EMPTY),
        ANSWER_BYTES_MAX,
        LONG,
        LONG,
        _ -> Thread.currentThread().getName());
  }

  private static OutboundTarget named(OutboundTarget target, String host, int port, long version) {
    return target.at(List.of(new Place(host, port, version)));
  }

  @Test
  void aPlaceThatRefusedIsNotTriedAgainForAMoment() throws Exception {
    AtomicLong now = new AtomicLong();
    try (Socket taken = new Socket();
        OutboundClient client =
            new OutboundClient(
                limits(16, 1 << 20), timers, turns, InetAddress::getAllByName, now::get)) {
      taken.bind(new InetSocketAddress(HookAuthority.loopback(), 0));
      int port = taken.getLocalPort();
      OutboundTarget target = target(client, "127.0.0.1", port);
      String refused =
          "Post \"https://127.0.0.1:%1$d/x\": dial tcp 127.0.0.1:%1$d: connect: connection refused"
              .formatted(port);
      String untried = "pintle_outbound_untried_calls_total{target=\"127.0.0.1:" + port + "/x\"} ";
      assertThatThrownBy(() -> post(client, target, EMPTY, LONG)).hasMessage(refused);
      assertThat(client.metrics()).contains(untried + "0\n");
      assertThatThrownBy(() -> post(client, target, EMPTY, LONG)).hasMessage(refused);
      assertThat(client.metrics()).contains(untried + "1\n");
      // Its service names it anew.
      assertThatThrownBy(() -> post(client, named(target, "127.0.0.1", port, 7), EMPTY, LONG))
          .hasMessage(refused);
      assertThat(client.metrics()).contains(untried + "1\n");
      now.addAndGet(FailedPlaces.NANOS);
      assertThatThrownBy(() -> post(client, target, EMPTY, LONG)).hasMessage(refused);
      assertThat(client.metrics()).contains(untried + "1\n");
    }
  }

  @Test
  void aNameThatNobodyKnowsIsLookedUpOnceAMoment() throws Exception {
    AtomicLong now = new AtomicLong();
    List<String> looked = new CopyOnWriteArrayList<>();
    try (OutboundClient client =
        new OutboundClient(
            limits(16, 1 << 20),
            timers,
            turns,
            host -> {
              looked.add(host);
              return unknown(host);
            },
            now::get)) {
      OutboundTarget target = target(client, "dead.example.com", 443);
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> post(client, target, EMPTY, LONG))
            .hasMessageEndingWith("dial tcp: lookup dead.example.com: no such host");
      }
      assertThat(looked).hasSize(1);
      OutboundTarget anew = named(target, "dead.example.com", 443, 7);
      assertThatThrownBy(() -> post(client, anew, EMPTY, LONG));
      assertThat(looked).hasSize(2);
      now.addAndGet(FailedPlaces.NANOS);
      assertThatThrownBy(() -> post(client, target, EMPTY, LONG));
      assertThat(looked).hasSize(3);
    }
  }

  @Test
  void whoHasToBeAskedIsTriedThoughItRefusedAMomentAgo() throws Exception {
    List<String> looked = new CopyOnWriteArrayList<>();
    try (OutboundClient client =
        new OutboundClient(
            limits(16, 1 << 20),
            timers,
            turns,
            host -> {
              looked.add(host);
              return unknown(host);
            },
            () -> 0)) {
      OutboundTarget known = target(client, "dead.example.com", 443);
      OutboundTarget insisting =
          new OutboundTarget(
              known.places(),
              known.serverName(),
              known.authority(),
              known.path(),
              known.trust(),
              true);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> post(client, insisting, EMPTY, LONG));
      }
      assertThat(looked).hasSize(3);
    }
  }
}
