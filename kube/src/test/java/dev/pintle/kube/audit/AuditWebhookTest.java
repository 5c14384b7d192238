package dev.pintle.kube.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.HookAuthority;
import dev.pintle.kube.outbound.HookServer;
import dev.pintle.kube.outbound.KubeconfigServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditWebhookTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);
  private static final HookAuthority AUTHORITY = new HookAuthority("audit");

  private final AuditMetrics metrics = new AuditMetrics();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger refusals = new AtomicInteger();
  private final HookServer server =
      new HookServer(
          AUTHORITY,
          (_, out) -> {
            if (refusals.getAndDecrement() > 0) {
              HookServer.answer(out, 503, "text/plain", "later");
            } else {
              HookServer.answer(out, "{}");
            }
          });
  private final HookServer dead = new HookServer(AUTHORITY, (_, _) -> await());
  private @Nullable AuditWebhook webhook;

  private void await() throws IOException {
    try {
      over.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  static KubeconfigServer at(HookServer server, String user) {
    return KubeconfigServer.parse(
        """
        {apiVersion: v1, kind: Config, current-context: c,
         clusters: [{name: s, cluster: {server: "%s", certificate-authority-data: "%s"}}],
         users: [{name: u, user: {%s}}],
         contexts: [{name: c, context: {cluster: s, user: u}}]}
        """
            .formatted(server.url("/events"), AUTHORITY.bundle(), user),
        path -> {
          throw new IOException(path);
        });
  }

  private AuditWebhook start(
      HookServer to, AuditBatching batching, AuditTruncation truncation, long bytesMax) {
    AuditWebhook started =
        new AuditWebhook(
            new AuditWebhookSettings("f", null, batching, Duration.ofMillis(1), truncation),
            at(to, "token: t"),
            metrics,
            new SplittableRandom(1),
            bytesMax);
    webhook = started;
    return started;
  }

  private static AuditBatching batches(int buffer, int events, Duration wait) {
    return new AuditBatching(AuditMode.BATCH, buffer, events, wait, false, 0, 0);
  }

  private static AuditBatching mode(AuditMode mode) {
    return new AuditBatching(mode, 10, 400, Duration.ZERO, false, 0, 0);
  }

  private void end() {
    AuditWebhook started = webhook;
    webhook = null;
    if (started != null) {
      started.stop();
      started.finish(System.nanoTime() + LONG);
    }
  }

  @AfterEach
  void close() {
    over.countDown();
    dead.close();
    end();
    server.close();
  }

  private static List<String> ids(JsonObject list) {
    return list.arrayOrEmpty("items").objects().stream()
        .map(event -> event.textOrEmpty("auditID"))
        .toList();
  }

  @Test
  void eventsArePostedTogetherAsAList() {
    AuditWebhook started =
        start(server, batches(10, 2, Duration.ofHours(1)), AuditTruncation.DEFAULT, 1 << 20);
    for (int i = 0; i < 3; i++) {
      started.take(Events.of("e" + i));
    }
    end();
    assertThat(server.received()).hasSize(2);
    HookServer.Received first =
        server.received().stream()
            .filter(each -> ids(each.review()).size() == 2)
            .findFirst()
            .orElseThrow();
    assertThat(ids(first.review())).containsExactly("e0", "e1");
    assertThat(first.review().textOrEmpty("kind")).isEqualTo("EventList");
    assertThat(first.review().textOrEmpty("apiVersion")).isEqualTo("audit.k8s.io/v1");
    JsonObject item = first.review().arrayOrEmpty("items").objects().getFirst();
    assertThat(item.get("kind")).isNull();
    assertThat(item.textOrEmpty("level")).isEqualTo("Metadata");
    assertThat(first.head())
        .startsWith("POST /events HTTP/1.1\n")
        .contains("Authorization: Bearer t\n", "Content-Type: application/json\n");
    assertThat(metrics.text()).doesNotContain("error_total{");
  }

  @Test
  void aListThatIsRefusedIsPostedAgainFourTimesAtMost() {
    refusals.set(4);
    AuditWebhook started =
        start(server, mode(AuditMode.BLOCKING_STRICT), AuditTruncation.DEFAULT, 1 << 20);
    assertThat(started.arrived(Events.of("kept"), LONG)).isTrue();
    assertThat(server.received()).hasSize(5);
    refusals.set(5);
    assertThat(started.arrived(Events.of("lost"), LONG)).isFalse();
    assertThat(server.received()).hasSize(10);
    assertThat(metrics.text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 1\n");
  }

  @Test
  void aRequestThatMayGoOnGoesOnWhenItsArrivalIsLost() {
    refusals.set(5);
    AuditWebhook started =
        start(server, mode(AuditMode.BLOCKING), AuditTruncation.DEFAULT, 1 << 20);
    assertThat(started.arrived(Events.of("lost"), LONG)).isTrue();
    assertThat(server.received()).hasSize(5);
  }

  @Test
  void aDeadServerKeepsNobodyWaitingAndWhatItDoesNotTakeIsDropped() {
    AuditWebhook started =
        start(dead, batches(1_000_000, 1, Duration.ZERO), AuditTruncation.DEFAULT, 100_000);
    int taken = 2_000;
    for (int i = 0; i < taken; i++) {
      assertThat(started.awaitRoom(1)).isTrue();
      assertThat(started.arrived(Events.of("e" + i), 1)).isTrue();
    }
    String counted = "apiserver_audit_error_total{plugin=\"buffered\"} ";
    String text = metrics.text();
    int from = text.indexOf(counted) + counted.length();
    int dropped = Integer.parseInt(text.substring(from, text.indexOf('\n', from)));
    // No more wait than there is room for, however many are under way.
    assertThat(taken - dropped).isBetween(1, 100_000 / 1_024 + 1);
  }

  @Test
  void whoStopsWaitsForADeadServerNoLongerThanItMay() {
    AuditWebhook started =
        start(dead, batches(10, 1, Duration.ZERO), AuditTruncation.DEFAULT, 1 << 20);
    started.take(Events.of("lost"));
    while (dead.received().isEmpty()) {
      Thread.onSpinWait();
    }
    started.stop();
    started.finish(System.nanoTime());
    while (!metrics.text().contains("apiserver_audit_error_total{plugin=\"webhook\"} 1\n")) {
      Thread.onSpinWait();
    }
    started.take(Events.of("late"));
    assertThat(metrics.text()).contains("apiserver_audit_error_total{plugin=\"buffered\"} 1\n");
    webhook = null;
  }

  @Test
  void anAnswerWithoutEndIsNotKept() {
    try (HookServer endless =
        new HookServer(
            AUTHORITY,
            (_, out) -> {
              HookServer.answer(out, "x".repeat(2 << 20));
            })) {
      AuditWebhook started =
          start(endless, mode(AuditMode.BLOCKING_STRICT), AuditTruncation.DEFAULT, 1 << 20);
      assertThat(started.arrived(Events.of("lost"), LONG)).isFalse();
      assertThat(metrics.text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 1\n");
      end();
    }
  }

  @Test
  void noRedirectIsFollowed() {
    try (HookServer other =
        new HookServer(
            AUTHORITY,
            (_, out) -> {
              out.write(
                  "HTTP/1.1 307 X\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                      .formatted(server.url("/"))
                      .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
              out.flush();
            })) {
      AuditWebhook started =
          start(other, mode(AuditMode.BLOCKING_STRICT), AuditTruncation.DEFAULT, 1 << 20);
      assertThat(started.arrived(Events.of("lost"), LONG)).isFalse();
      assertThat(server.received()).isEmpty();
      end();
    }
  }

  @Test
  void aListIsNoLargerThanItMayBe() {
    AuditWebhook started =
        start(
            server,
            batches(100, 10, Duration.ofHours(1)),
            new AuditTruncation(true, 2_000, 2_000),
            1 << 20);
    for (int i = 0; i < 10; i++) {
      started.take(Events.of("e" + i));
    }
    end();
    assertThat(server.received().size()).isGreaterThan(1);
    assertThat(server.received().stream().mapToInt(each -> ids(each.review()).size()).sum())
        .isEqualTo(10);
  }
}
