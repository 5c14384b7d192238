package dev.pintle.kube.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(20);
  private static final AuditLogSettings DEFAULT = AuditLogSettings.DEFAULT;

  private final KeptLines lines = new KeptLines();
  private final AuditMetrics metrics = new AuditMetrics();
  private AuditLog log = log(AuditMode.BLOCKING, 10, false, 100);

  private AuditLog log(AuditMode mode, int buffer, boolean truncates, long eventBytes) {
    return log(
        new AuditBatching(mode, buffer, 1, Duration.ZERO, false, 0, 0), truncates, eventBytes);
  }

  private AuditLog log(AuditBatching batching, boolean truncates, long eventBytes) {
    return new AuditLog(
        new AuditLogSettings(
            "x",
            AuditFormat.JSON,
            batching,
            new AuditTruncation(truncates, eventBytes, 10 << 20),
            DEFAULT.files()),
        lines,
        metrics,
        3_000);
  }

  private void end() {
    log.stop();
    log.finish(System.nanoTime() + LONG);
  }

  private void use(AuditLog other) {
    end();
    log = other;
  }

  @AfterEach
  void close() {
    lines.letOn();
    end();
  }

  @Test
  void eventsAreWrittenInTheOrderInWhichTheyCame() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      log.take(Events.of("e" + i));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(lines.next()).contains("\"auditID\":\"e" + i + "\"");
    }
  }

  @Test
  void whoeverWouldBeginWaitsWhileTheLogIsBehind() throws Exception {
    lines.hold();
    for (int i = 0; i < 5; i++) {
      log.take(Events.of("e" + i));
    }
    assertThat(log.awaitRoom(1)).isFalse();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> log.awaitRoom(LONG));
    lines.letOn();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingIsLostOfWhatIsUnderWayWhenTheLogIsBehind() throws InterruptedException {
    lines.hold();
    for (int i = 0; i < 50; i++) {
      log.take(Events.of("e" + i));
    }
    lines.letOn();
    for (int i = 0; i < 50; i++) {
      assertThat(lines.next()).contains("\"e" + i + "\"");
    }
    assertThat(metrics.text()).doesNotContain("error_total");
  }

  @Test
  void aLogThatDropsKeepsNobodyWaitingAndCountsWhatItDropped() {
    use(log(AuditMode.BATCH, 2, false, 100));
    lines.hold();
    for (int i = 0; i < 10; i++) {
      assertThat(log.awaitRoom(1)).isTrue();
      log.take(Events.of("e" + i));
    }
    lines.letOn();
    end();
    // The thread has one of them in its hands by then, or does not yet.
    assertThat(lines.all()).hasSizeBetween(2, 3);
    assertThat(metrics.text())
        .containsPattern("apiserver_audit_error_total\\{plugin=\"buffered\"\\} [78]\n");
  }

  @Test
  void aFullDiskIsCountedAndWritingGoesOnWhenItHasRoomAgain() throws InterruptedException {
    lines.full(true);
    assertThat(log.write(Events.of("lost"), LONG)).isFalse();
    assertThat(log.write(Events.of("lost too"), LONG)).isFalse();
    lines.full(false);
    assertThat(log.write(Events.of("kept"), LONG)).isTrue();
    assertThat(lines.next()).contains("\"kept\"");
    assertThat(metrics.text()).contains("apiserver_audit_error_total{plugin=\"log\"} 2\n");
  }

  @Test
  void whatIsTooLargeIsWrittenWithoutItsObjects() throws InterruptedException {
    use(log(AuditMode.BLOCKING, 10, true, 700));
    String sent = "{\"a\":\"%s\"}".formatted("x".repeat(700));
    log.take(Events.of("large", AuditLevel.REQUEST, sent, false));
    assertThat(lines.next()).doesNotContain("xxx").contains("\"audit.k8s.io/truncated\":\"true\"");
  }

  @Test
  void whatIsTooLargeWithoutItsObjectsIsLeftOutAndCounted() {
    use(log(AuditMode.BLOCKING, 10, true, 100));
    assertThat(log.write(Events.of("small"), LONG)).isFalse();
    assertThat(metrics.text()).contains("apiserver_audit_error_total{plugin=\"truncate\"} 1\n");
  }

  @Test
  void aClosedLogHasWrittenAllThatItTookAndTakesNothingMore() {
    for (int i = 0; i < 20; i++) {
      log.take(Events.of("e" + i));
    }
    end();
    log.take(Events.of("late"));
    assertThat(lines.all()).hasSize(20);
    assertThat(metrics.text()).contains("apiserver_audit_error_total{plugin=\"buffered\"} 1\n");
  }

  @Test
  void whatGoesTogetherWaitsUntilItIsEnough() throws InterruptedException {
    use(
        log(
            new AuditBatching(AuditMode.BATCH, 10, 2, Duration.ofHours(1), false, 0, 0),
            false,
            100));
    log.take(Events.of("first"));
    assertThat(lines.all()).isEmpty();
    log.take(Events.of("second"));
    assertThat(lines.next()).contains("\"first\"");
    assertThat(lines.next()).contains("\"second\"");
  }

  @Test
  void whatIsAloneIsWrittenWhenItsTimeIsOver() throws InterruptedException {
    use(
        log(
            new AuditBatching(AuditMode.BATCH, 10, 2, Duration.ofMillis(1), true, 1_000, 1),
            false,
            100));
    log.take(Events.of("alone"));
    assertThat(lines.next()).contains("\"alone\"");
  }
}
